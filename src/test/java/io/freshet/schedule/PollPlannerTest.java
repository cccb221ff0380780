package io.freshet.schedule;

import static io.freshet.state.Samples.NOON;
import static io.freshet.state.Samples.PACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ReportKey;
import io.freshet.schedule.PollCall.OfPage;
import io.freshet.schedule.PollCall.OfReport;
import io.freshet.schedule.PollCall.OfRun;
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
    private final PollPlanner planner = new PollPlanner(PACE, report -> Optional.ofNullable(open.get(report)));
    /** Mode's Collections, in the order in which they list. */
    private final Map<String, List<String>> collections = new HashMap<>();

    private final Set<String> ended = new HashSet<>();
    private final List<PollCall> calls = new ArrayList<>();
    private Instant now = NOON.plusSeconds(10);

    private static List<String> reports(int from, int to) {
        return IntStream.range(from, to).mapToObj("r%03d"::formatted).toList();
    }

    private void due(List<String> reports) {
        planner.add(reports.stream().map(this::due).toList());
    }

    private Claimed due(String report) {
        return due(new ReportKey("acme", report));
    }

    private Claimed due(ReportKey key) {
        var report = key.reportToken();
        open.putIfAbsent(key, running(report, Optional.empty()));
        return new Claimed(key, new Step(Step.Kind.ASK, now, now));
    }

    /** No page shows them, and their own address tells of failures as well. */
    @Test
    void shouldAskAfterTheRunOfADatasetByItself() {
        var datasets = List.of(ReportKey.dataset("acme", "d1"), ReportKey.dataset("acme", "d2"));
        planner.add(datasets.stream().map(this::due).toList());

        askAll();

        assertThat(calls).hasSize(2).allSatisfy(call -> assertThat(call).isInstanceOf(OfRun.class));
    }

    @Test
    void shouldNotTakeADatasetForAReportOfTheSameToken() {
        planner.add(List.of(due(key("both")), due(ReportKey.dataset("acme", "both"))));

        assertThat(planner.waiting()).isEqualTo(2);
        var asked = new ArrayList<ReportKey>();
        while (planner.waiting() > 0) {
            var call = next();
            call.items().forEach(item -> asked.add(item.report()));
            planner.over(call);
        }
        assertThat(asked).containsExactlyInAnyOrder(key("both"), ReportKey.dataset("acme", "both"));
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
        while (planner.waiting() > 0) {
            var call = next();
            calls.add(call);
            answer(call);
            planner.over(call);
        }
    }

    private void answer(PollCall call) {
        call.fold(
                run -> ended.add(run.item().report().reportToken()),
                report -> {
                    var token = report.item().report().reportToken();
                    var space = collections.entrySet().stream()
                            .filter(one -> one.getValue().contains(token))
                            .map(Map.Entry::getKey)
                            .findFirst();
                    planner.located(report, space, now);
                    return ended.add(token);
                },
                page -> ended.addAll(
                        planner.shown(page, Set.copyOf(rows(page)), token -> open.containsKey(key(token)), now)
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

    private PollCall next() {
        return planner.next(now).orElseThrow();
    }

    /** Mode shows the report, and its run is still open. */
    private void stillOpen(OfReport call, String space) {
        planner.located(call, Optional.of(space), now);
        planner.over(call);
    }

    @Test
    void shouldAskForTheReportFirst() {
        due(List.of("r001"));

        askAll();

        assertThat(calls).singleElement().isInstanceOf(OfReport.class);
    }

    @Test
    void shouldAskForTheRunOnceTheCollectionIsKnown() {
        collections.put("sales", reports(0, 2));
        due(List.of("r001"));
        askAll();
        calls.clear();

        due(List.of("r001"));
        askAll();

        assertThat(calls).singleElement().isInstanceOf(OfRun.class);
    }

    @Test
    void shouldAskForTheReportOnlyOnceIfModeTellsNoCollection() {
        due(List.of("r001"));
        askAll();
        due(List.of("r001"));

        askAll();

        assertThat(calls).hasSize(2).last().isInstanceOf(OfRun.class);
    }

    @Test
    void shouldReadThePageForTwoWaitingReportsOfACollection() {
        due(List.of("r001", "r002"));
        stillOpen((OfReport) next(), "sales");
        stillOpen((OfReport) next(), "sales");

        due(List.of("r001", "r002"));

        assertThat(next()).isInstanceOfSatisfying(OfPage.class, page -> {
            assertThat(page.number()).isEqualTo(1);
            assertThat(page.reports()).containsExactly("r001", "r002");
        });
    }

    @Test
    void shouldReadOnIfTheFirstPageShowsNeitherOfTwo() {
        collections.put("sales", reports(0, 60));
        due(List.of("r000", "r040", "r041"));
        for (var i = 0; i < 3; i++) {
            stillOpen((OfReport) next(), "sales");
        }
        due(List.of("r000", "r040", "r041"));

        askAll();

        assertThat(calls).extracting(PollPlannerTest::pageNumber).containsExactly(1, 2);
        assertThat(ended).containsExactlyInAnyOrder("r000", "r040", "r041");
    }

    @Test
    void shouldReadThePagesOfACollectionInsteadOfAskingForEachOfItsRuns() {
        collections.put("sales", reports(0, 200));
        due(reports(0, 200));

        askAll();

        assertThat(ended).hasSize(200);
        assertThat(calls)
                .as("two to know that the Collection is worth reading, and its 7 pages")
                .hasSize(2 + 7);
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
                .extracting(PollPlannerTest::pageNumber)
                .as("the fullest page first, and a run by itself if a page tells of no other")
                .containsExactly(4, 1, 0);
    }

    private static int pageNumber(PollCall call) {
        return call.fold(run -> 0, report -> -1, OfPage::number);
    }

    @Test
    void shouldKnowWhomOnePageShows() {
        collections.put("sales", reports(0, 60));
        due(reports(0, 60));

        askAll();

        assertThat(planner.groupKey(key("r003"))).isEqualTo(planner.groupKey(key("r029")));
        assertThat(planner.groupKey(key("r003"))).isNotEqualTo(planner.groupKey(key("r030")));
        assertThat(planner.groupKey(key("r999"))).isEmpty();
    }

    @Test
    void shouldReadNoPageIfEachReportIsInACollectionOfItsOwn() {
        reports(0, 200).forEach(report -> collections.put("space of " + report, List.of(report)));

        for (var round = 0; round < 3; round++) {
            due(reports(0, 200));
            askAll();
        }

        assertThat(ended).hasSize(200);
        assertThat(calls).hasSize(600).noneMatch(OfPage.class::isInstance);
    }

    @Test
    void shouldReadNoPageForTheOnlyOneThatWaits() {
        collections.put("sales", reports(0, 30));
        due(reports(0, 30));
        askAll();
        calls.clear();

        for (var report : reports(0, 30)) {
            due(List.of(report));
            askAll();
        }

        assertThat(calls).hasSize(30).allMatch(OfRun.class::isInstance);
    }

    @Test
    void shouldReadACollectionOfTwoInVainAtMostOnce() {
        IntStream.range(0, 100)
                .forEach(number -> collections.put("space " + number, reports(2 * number, 2 * number + 2)));
        due(reports(0, 200));
        askAll();
        assertThat(calls).hasSizeLessThanOrEqualTo(300);
        calls.clear();

        due(reports(0, 200));
        askAll();

        assertThat(calls).hasSizeLessThanOrEqualTo(105);
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
    void shouldAskForTheRunThatListingsHaveLeftOpenForLong() {
        collections.put("sales", reports(0, 30));
        due(reports(0, 30));
        askAll();
        open.put(key("r007"), running("r007", Optional.of(NOON)));
        now = NOON.plus(PACE.pollMax());
        due(reports(0, 30));

        var first = next();
        var second = next();

        assertThat(first.reports()).hasSize(29).doesNotContain("r007");
        assertThat(second).isInstanceOf(OfRun.class);
        assertThat(second.reports()).containsExactly("r007");
    }

    @Test
    void shouldAskForFewReportsAtATime() {
        due(reports(0, 30));
        var first = next();
        IntStream.range(1, 4).forEach(other -> next());

        assertThat(planner.next(now)).as("an answer may name a Collection").isEmpty();
        planner.over(first);

        assertThat(planner.next(now)).isPresent();
    }

    @Test
    void shouldNotAskForAReportThatAPageMayShowWhichIsBeingRead() {
        collections.put("sales", reports(0, 30));
        due(reports(0, 30));
        stillOpen((OfReport) next(), "sales");
        stillOpen((OfReport) next(), "sales");
        var page = next();

        var meanwhile = planner.next(now);
        answer(page);
        planner.over(page);

        assertThat(page).isInstanceOf(OfPage.class);
        assertThat(meanwhile).isEmpty();
        assertThat(ended).containsAll(reports(2, 30));
    }

    @Test
    void shouldNotAskForThoseOnAPageThatIsBeingRead() {
        collections.put("sales", reports(0, 30));
        due(reports(0, 30));
        askAll();
        due(reports(0, 10));
        var reading = next();
        due(reports(10, 30));

        assertThat(planner.next(now)).as("the page answers for them, too").isEmpty();
        answer(reading);
        planner.over(reading);

        assertThat(planner.waiting()).isZero();
    }

    @Test
    void shouldAskForEachIfTheListingIsRefusedAndReadItAgainAMinuteLater() {
        due(reports(0, 2));
        stillOpen((OfReport) next(), "sales");
        stillOpen((OfReport) next(), "sales");
        due(reports(0, 2));
        var page = (OfPage) next();
        planner.notShown(page, now);
        planner.over(page);

        due(reports(0, 2));
        askAll();
        now = now.plusSeconds(60);
        due(reports(0, 2));

        assertThat(calls).hasSize(2).allMatch(OfRun.class::isInstance);
        assertThat(next()).isInstanceOf(OfPage.class);
    }

    @Test
    void shouldAskForTheRunIfModeFailsToShowItsReport() {
        due(List.of("r001"));
        var refused = (OfReport) next();
        planner.notShown(refused);
        planner.over(refused);

        due(List.of("r001"));
        var second = next();
        planner.over(second);
        due(List.of("r001"));

        assertThat(second).isInstanceOf(OfRun.class);
        assertThat(next()).isInstanceOf(OfReport.class);
    }

    @Test
    void shouldNotLetTheOneThatIsAloneWaitForever() {
        collections.put("sales", reports(0, 300));
        due(reports(0, 300));
        askAll();
        var alone = due("r299");
        planner.add(List.of(alone));
        now = now.plus(PACE.pollMax()).plusSeconds(1);

        var asked = 0;
        var isAsked = false;
        while (!isAsked && asked++ < 100) {
            due(reports(0, 60)); // new ones all the time, on full pages
            var call = next();
            isAsked = call.items().contains(alone);
            answer(call);
            planner.over(call);
        }

        assertThat(asked).isLessThan(10);
    }

    /** A partition went while a page was read, and came back: its questions are asked anew, by claims of their own. */
    @Test
    void shouldKeepTheQuestionThatIsDueAnewWhenTheAnswerToAnEarlierOneComes() {
        collections.put("sales", reports(0, 3));
        due(reports(0, 3));
        askAll();
        due(reports(0, 2));
        var earlier = (OfPage) next();
        now = now.plusSeconds(5);
        var anew = due("r001");
        planner.add(List.of(anew));

        var answered = planner.shown(earlier, Set.of("r000", "r001"), token -> true, now);

        assertThat(answered).containsEntry("r001", anew);
    }

    @Test
    void shouldNotPutAnEarlierQuestionInThePlaceOfOneThatIsDueAnew() {
        var earlier = due("r001");
        now = now.plusSeconds(5);
        var anew = due("r001");
        planner.add(List.of(anew));

        planner.again(List.of(earlier));

        assertThat(next().items()).containsExactly(anew);
    }
}
