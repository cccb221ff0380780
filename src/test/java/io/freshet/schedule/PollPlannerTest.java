package io.freshet.schedule;

import static io.freshet.state.Samples.NOON;
import static io.freshet.state.Samples.PACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ReportKey;
import io.freshet.schedule.PollPlanner.Call;
import io.freshet.schedule.PollPlanner.OfPage;
import io.freshet.schedule.StepQueue.Claimed;
import io.freshet.state.ReportHistory;
import io.freshet.state.Running;
import io.freshet.state.Samples;
import io.freshet.state.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PollPlannerTest {

    private static final int PAGE = 30;

    private final Map<ReportKey, Running> open = new HashMap<>();
    private final PollPlanner questions = new PollPlanner(PACE, report -> Optional.ofNullable(open.get(report)));
    /** Mode's Collections, in the order in which they list. */
    private final Map<String, List<String>> collections = new HashMap<>();

    private final Set<String> ended = new HashSet<>();
    private final List<Call> calls = new ArrayList<>();
    private Instant now = NOON.plusSeconds(10);

    private static List<String> reports(int from, int to) {
        return IntStream.range(from, to).mapToObj("r%03d"::formatted).toList();
    }

    private void due(List<String> reports) {
        questions.add(reports.stream().map(this::due).toList());
    }

    private Claimed due(String report) {
        var key = new ReportKey("acme", report);
        open.putIfAbsent(key, running(report, Optional.empty()));
        return new Claimed(key, new Step(Step.Kind.ASK, now, now));
    }

    private static Running running(String report, Optional<Instant> listedSince) {
        return new Running(
                Samples.request("d1", 1),
                Optional.empty(),
                "run of " + report,
                NOON,
                false,
                "enqueued",
                NOON,
                Duration.ofSeconds(2),
                Optional.empty(),
                listedSince,
                ReportHistory.EMPTY);
    }

    /** Makes calls, one after the other, until nothing waits; all runs have ended. */
    private void askAll() {
        while (questions.waiting() > 0) {
            var call = questions.next(now).orElseThrow();
            calls.add(call);
            answer(call);
            questions.over(call);
        }
    }

    private void answer(Call call) {
        call.fold(
                run -> ended.add(run.item().report().reportToken()),
                report -> {
                    var token = report.item().report().reportToken();
                    var space = collections.entrySet().stream()
                            .filter(one -> one.getValue().contains(token))
                            .map(Map.Entry::getKey)
                            .findFirst();
                    questions.told(report, space, now);
                    return ended.add(token);
                },
                page -> ended.addAll(questions
                        .shown(page, Set.copyOf(rows(page)), token -> open.containsKey(key(token)), now)
                        .keySet()));
    }

    private List<String> rows(OfPage page) {
        var all = collections.getOrDefault(page.space(), List.of());
        var from = Math.min(all.size(), (page.number() - 1) * PAGE);
        return all.subList(from, Math.min(all.size(), from + PAGE));
    }

    private static ReportKey key(String report) {
        return new ReportKey("acme", report);
    }

    @Test
    void shouldAskForTheRunWhereItIsTheOnlyOne() {
        due(List.of("r001"));

        askAll();

        assertThat(calls).singleElement().isInstanceOf(PollPlanner.OfRun.class);
    }

    @Test
    void shouldReadThePagesOfACollectionInsteadOfAskingForEachOfItsRuns() {
        collections.put("sales", reports(0, 200));
        due(reports(0, 200));

        askAll();

        assertThat(ended).hasSize(200);
        assertThat(calls).as("two to learn the Collection, and its pages").hasSize(9);
    }

    @Test
    void shouldReadThePagesThatMatterOnceItKnowsThem() {
        collections.put("sales", reports(0, 200));
        due(reports(0, 200));
        askAll();
        calls.clear();

        due(List.of("r002", "r003", "r100", "r101", "r102", "r190"));
        askAll();

        assertThat(calls)
                .extracting(call -> call.<Integer>fold(run -> 0, report -> -1, OfPage::number))
                .as("the fullest page first, and a run by itself where a page would tell of no other")
                .containsExactly(4, 1, 0);
    }

    @Test
    void shouldKnowWhomOnePageShows() {
        collections.put("sales", reports(0, 60));
        due(reports(0, 60));
        askAll();

        assertThat(questions.groupKey(key("r003"))).isEqualTo(questions.groupKey(key("r029")));
        assertThat(questions.groupKey(key("r003"))).isNotEqualTo(questions.groupKey(key("r030")));
        assertThat(questions.groupKey(key("r999"))).isEmpty();
    }

    @Test
    void shouldSpendNoCallInVainWhereEachReportIsInACollectionOfItsOwn() {
        reports(0, 200).forEach(report -> collections.put("space of " + report, List.of(report)));

        for (var from = 0; from < 200; from += 40) {
            due(reports(from, from + 40));
            askAll();
        }

        assertThat(ended).hasSize(200);
        assertThat(calls).hasSize(200).noneMatch(OfPage.class::isInstance);
    }

    @Test
    void shouldPutMostQuestionsToRunsWhereEachReportIsInACollectionOfItsOwn() {
        reports(0, 200).forEach(report -> collections.put("space of " + report, List.of(report)));

        for (var from = 0; from < 200; from += 40) {
            due(reports(from, from + 40));
            askAll();
        }

        assertThat(calls).filteredOn(PollPlanner.OfReport.class::isInstance).hasSizeLessThan(40);
        due(reports(0, 200));
        askAll();
        assertThat(calls).hasSize(400).noneMatch(OfPage.class::isInstance);
    }

    @Test
    void shouldLookIntoEveryCollectionOnceOneHasProvedWorthIt() {
        IntStream.range(0, 20)
                .forEach(number -> collections.put("space " + number, reports(10 * number, 10 * number + 10)));
        due(IntStream.range(0, 200)
                .map(at -> at % 20 * 10 + at / 20)
                .mapToObj("r%03d"::formatted)
                .toList());

        askAll();

        assertThat(ended).hasSize(200);
        assertThat(calls).as("one to learn each Collection, and two pages").hasSizeLessThan(20 * 3 + 5);
    }

    @Test
    void shouldSoonGiveUpReadingPagesThatShowNoneButThoseItAskedFor() {
        IntStream.range(0, 100)
                .forEach(number -> collections.put("space " + number, reports(2 * number, 2 * number + 2)));

        for (var from = 0; from < 200; from += 40) {
            due(reports(from, from + 40));
            askAll();
        }

        assertThat(ended).hasSize(200);
        assertThat(calls).hasSizeLessThan(210);
    }

    @Test
    void shouldFindAReportThatHasMovedToAnotherPage() {
        collections.put("sales", reports(0, 60));
        due(reports(0, 60));
        askAll();
        var shifted = new ArrayList<>(reports(500, 530));
        shifted.addAll(reports(0, 60));
        collections.put("sales", shifted);
        ended.clear();

        now = now.plus(Duration.ofMinutes(5));
        due(reports(0, 60));
        askAll();
        var relearning = calls.size();
        due(reports(0, 60));
        askAll();

        assertThat(ended).containsAll(reports(0, 60));
        assertThat(calls.size() - relearning).isEqualTo(2);
    }

    @Test
    void shouldAskForItselfARunThatListingsHaveLeftOpenForLong() {
        collections.put("sales", reports(0, 30));
        due(reports(0, 30));
        askAll();
        calls.clear();
        open.put(key("r007"), running("r007", Optional.of(NOON)));
        now = NOON.plus(PACE.pollMax());

        due(reports(0, 30));
        var first = questions.next(now).orElseThrow();

        assertThat(first.items()).hasSize(29).noneMatch(item -> item.report().equals(key("r007")));
    }

    @Test
    void shouldHoldNothingBackWhenTheCallItWaitedForIsOver() {
        collections.put("sales", reports(0, 30));
        due(reports(0, 30));
        var learning = questions.next(now).orElseThrow();

        assertThat(questions.next(now))
                .as("all may be answered by what is learned")
                .isEmpty();
        questions.over(learning);

        assertThat(questions.next(now)).isPresent();
    }

    @Test
    void shouldAskForEachWhereTheListingIsRefused() {
        collections.put("sales", reports(0, 30));
        due(reports(0, 30));
        for (var report : reports(0, 2)) {
            answer(questions.next(now).orElseThrow());
            questions.over(new PollPlanner.OfReport(due(report)));
        }
        var page = (OfPage) questions.next(now).orElseThrow();
        questions.notShown(page, now);
        questions.over(page);

        askAll();

        assertThat(calls).filteredOn(OfPage.class::isInstance).isEmpty();
        assertThat(ended).hasSize(30);
    }

    @Test
    void shouldNotLetTheOneThatIsAloneWaitForever() {
        collections.put("sales", reports(0, 300));
        due(reports(0, 300));
        askAll();
        calls.clear();
        due(List.of("r299"));
        now = now.plus(PACE.pollMax()).plusSeconds(1);

        var asked = 0;
        while (!calls.contains(new PollPlanner.OfRun(
                        new Claimed(key("r299"), new Step(Step.Kind.ASK, NOON.plusSeconds(10), NOON.plusSeconds(10)))))
                && asked++ < 100) {
            due(reports(0, 60)); // new ones all the time, on full pages
            var call = questions.next(now).orElseThrow();
            calls.add(call);
            answer(call);
        }

        assertThat(asked).isLessThan(10);
    }
}
