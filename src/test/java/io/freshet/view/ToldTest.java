package io.freshet.view;

import static io.freshet.view.Records.NOON;
import static io.freshet.view.Records.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Presentations;
import io.freshet.event.ReportKey;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was told, as the view shows it. */
@Execution(ExecutionMode.CONCURRENT)
class ToldTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ClusterView view = view();

    /** It tells each thing at once. */
    private static ClusterView view() {
        var clock = Clock.fixed(NOON.plus(HOUR), ZoneOffset.UTC);
        return new ClusterView(Presentations.WITH_NAMES, clock, new ActivityFeed(Runnable::run));
    }

    private static byte[] finished(String report, String run, int second) {
        return json(
                "{'account':'acme','report_token':'%s','dataset_tokens':['d1','d2'],'changes':[],'changes_count':3,'run_token':'%s','outcome':'succeeded','mode_state':'succeeded','accepted_at':'%s','finished_at':'%s','freshness_seconds':12.5}"
                        .formatted(report, run, NOON, NOON.plusSeconds(second)));
    }

    private static byte[] accepted(String run, int second) {
        return json(
                "{'account':'acme','report_token':'r1','dataset_tokens':['d1'],'changes':[],'changes_count':1,'run_token':'%s','accepted_at':'%s','adopted':true}"
                        .formatted(run, NOON.plusSeconds(second)));
    }

    private static byte[] rejected(String report, int second) {
        return json(
                "{'account':'acme','report_token':'%s','dataset_tokens':['d1'],'changes':[],'changes_count':1,'reason':'forbidden','status':403,'message':'no','rejected_at':'%s'}"
                        .formatted(report, NOON.plusSeconds(second)));
    }

    private AssertSubscriber<List<ActivityFeed.Numbered>> listen(long seen) {
        return view.after(seen).subscribe().withSubscriber(AssertSubscriber.create(1_000));
    }

    private static List<ActivityFeed.Numbered> told(AssertSubscriber<List<ActivityFeed.Numbered>> listener) {
        return listener.getItems().stream().flatMap(List::stream).toList();
    }

    private static List<String> runs(AssertSubscriber<List<ActivityFeed.Numbered>> listener) {
        return told(listener).stream()
                .map(one -> ((Activity.Accepted) one.activity()).runToken())
                .toList();
    }

    @Test
    void shouldShowWhatIsToldOfAWorkspaceAsFactsAreSpelled() {
        var told = "{'account':'acme','what':'held',%s'why':'month end','by':'ops','at':'%s'}";
        view.told(ToldEvent.Kind.CHANGED, json(told.formatted("'kind':'report','subject':'r1',", NOON)));
        view.told(ToldEvent.Kind.CHANGED, json(told.formatted("", NOON)));
        view.following();

        assertThat(told(listen(0)))
                .extracting(ActivityFeed.Numbered::activity)
                .containsExactly(
                        new Activity.WorkspaceChanged(NOON, "acme", "held", "report:r1", "month end", "ops"),
                        new Activity.WorkspaceChanged(NOON, "acme", "held", null, "month end", "ops"));
    }

    @Test
    void shouldShowEachKindInItsOwnWords() {
        var planned =
                "{'account':'acme',%s,'batch':'7','changes':[],'changes_count':2,'datasets':[{'token':'d1'},{'token':'d2'}],'reports':[{'token':'r1'}],'left_out':[],'datasets_first':false,'planned_at':'%s'}";
        view.told(
                ToldEvent.Kind.PLANNED,
                json(planned.formatted("'data_source':'5a1d','target_name':'Warehouse'", NOON)));
        view.told(ToldEvent.Kind.PLANNED, json(planned.formatted("'report_token':'r1'", NOON.plusSeconds(1))));
        view.told(ToldEvent.Kind.PLANNED, json(planned.formatted("'x':0", NOON.plusSeconds(2))));
        view.told(ToldEvent.Kind.ACCEPTED, accepted("run1", 3));
        view.told(ToldEvent.Kind.FINISHED, finished("r1", "run1", 4));
        view.told(ToldEvent.Kind.REJECTED, rejected("r2", 5));
        view.following();

        assertThat(told(listen(0)))
                .extracting(ActivityFeed.Numbered::activity)
                .containsExactly(
                        new Activity.Planned(NOON, "acme", "7", "data_source=5a1d", "Warehouse", 2, 2, 1),
                        new Activity.Planned(NOON.plusSeconds(1), "acme", "7", "report=r1", null, 2, 2, 1),
                        new Activity.Planned(NOON.plusSeconds(2), "acme", "7", "datasets=[d1, d2]", null, 2, 2, 1),
                        new Activity.Accepted(
                                NOON.plusSeconds(3), "acme", "report", "r1", null, null, null, "run1", 1, 1, true),
                        new Activity.Finished(
                                NOON.plusSeconds(4),
                                "acme",
                                "report",
                                "r1",
                                null,
                                null,
                                null,
                                "run1",
                                2,
                                3,
                                "succeeded",
                                "succeeded",
                                null,
                                null,
                                4.0,
                                12.5),
                        new Activity.Rejected(
                                NOON.plusSeconds(5),
                                "acme",
                                "report",
                                "r2",
                                null,
                                null,
                                null,
                                1,
                                1,
                                "forbidden",
                                403,
                                "no"));
        assertThat(view.ends(Optional.empty(), 10)).extracting(Activity::what).containsExactly("rejected", "finished");
    }

    @Test
    void shouldShowTheNameThePageInModeAndWhyARunFailed() {
        view.told(ToldEvent.Kind.FINISHED, failed("https://app.mode.com/acme/reports/r1/runs/run1"));
        view.following();

        assertThat(view.ends(Optional.empty(), 1)).singleElement().satisfies(one -> {
            var end = (Activity.Finished) one;
            assertThat(end.name()).isEqualTo("Sales, daily");
            assertThat(end.webUrl()).isEqualTo("https://app.mode.com/acme/reports/r1/runs/run1");
            assertThat(end.errorCode()).isEqualTo("SqlUnknownColumn");
            assertThat(end.errorMessage()).isEqualTo("no column cost");
        });
    }

    /** Anybody may write to the topic, and it becomes a link. */
    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", " https://app.mode.com", "data:text/html,hello", "//app.mode.com", ""})
    void shouldLeadNowhereButToAPageOfTheWeb(String url) {
        view.told(ToldEvent.Kind.FINISHED, failed(url));
        view.following();

        assertThat(view.ends(Optional.empty(), 1))
                .singleElement()
                .satisfies(one -> assertThat(((Activity.Finished) one).webUrl()).isNull());
    }

    private static byte[] failed(String url) {
        return json(
                "{'account':'acme','report_token':'r1','name':'Sales, daily','web_url':'%s','changes_count':1,'run_token':'run1','outcome':'failed','mode_state':'failed','error_code':'SqlUnknownColumn','error_message':'no column cost','accepted_at':'%s','finished_at':'%s'}"
                        .formatted(url, NOON, NOON.plusSeconds(4)));
    }

    @Test
    void shouldPassOverWhatIsNoEventOfFreshets() {
        view.told(ToldEvent.Kind.FINISHED, null);
        view.told(ToldEvent.Kind.FINISHED, json("hello"));
        view.told(ToldEvent.Kind.FINISHED, json("[]"));
        view.told(ToldEvent.Kind.REJECTED, finished("r1", "run1", 1));
        view.following();

        assertThat(view.ends(Optional.empty(), 10)).isEmpty();
        assertThat(told(listen(0))).isEmpty();
    }

    @Test
    void shouldPutThePastInOrderAndTellThePresentAsItComes() {
        var early = listen(0);
        var presentOnly = listen(Long.MAX_VALUE);
        view.told(ToldEvent.Kind.ACCEPTED, accepted("third", 30));
        view.told(ToldEvent.Kind.ACCEPTED, accepted("first", 10));
        view.told(ToldEvent.Kind.ACCEPTED, accepted("second", 20));
        assertThat(early.getItems()).isEmpty();

        view.following();
        view.following();
        view.told(ToldEvent.Kind.ACCEPTED, accepted("late", 5));

        assertThat(runs(early)).containsExactly("first", "second", "third", "late");
        assertThat(runs(presentOnly)).containsExactly("late");
        assertThat(told(early)).extracting(ActivityFeed.Numbered::number).isSorted();
        assertThat(runs(listen(told(early).get(1).number()))).containsExactly("third", "late");
    }

    @Test
    void shouldGoOnWithTheSameNumbersAfterARestart() {
        view.told(ToldEvent.Kind.ACCEPTED, accepted("first", 10));
        view.following();
        view.told(ToldEvent.Kind.ACCEPTED, accepted("second", 20));
        var seen = told(listen(0)).get(1).number();

        var restarted = view();
        restarted.told(ToldEvent.Kind.ACCEPTED, accepted("third", 30));
        restarted.told(ToldEvent.Kind.ACCEPTED, accepted("second", 20));
        restarted.following();

        assertThat(runs(restarted.after(seen).subscribe().withSubscriber(AssertSubscriber.create(10))))
                .containsExactly("third");
    }

    @Test
    void shouldKeepTheLastOfManyAndCutOffWhoIsTooSlow() {
        var slow = view.after(0).subscribe().withSubscriber(AssertSubscriber.create(1));
        view.following();
        IntStream.range(0, 3 * ActivityFeed.KEPT)
                .forEach(n -> view.told(ToldEvent.Kind.ACCEPTED, accepted("run" + n, n)));

        var kept = runs(listen(0));

        assertThat(kept).hasSize(ActivityFeed.KEPT).endsWith("run" + (3 * ActivityFeed.KEPT - 1));
        slow.request(3 * ActivityFeed.KEPT).assertCompleted();
        assertThat(slow.getItems()).hasSizeLessThan(3 * ActivityFeed.KEPT);
    }

    @Test
    void shouldGiveTheLastRunsOfOneReportAsTheyWereTold() {
        view.told(ToldEvent.Kind.FINISHED, finished("r1", "run2", 20));
        view.told(ToldEvent.Kind.FINISHED, finished("r2", "run3", 30));
        view.told(ToldEvent.Kind.FINISHED, finished("r1", "run1", 10));
        view.told(ToldEvent.Kind.REJECTED, rejected("r1", 40));

        var runs = view.runs(new ReportKey("acme", "r1"), 20);

        assertThat(runs).satisfiesExactly(last -> assertThat(last).contains("run2"), first -> assertThat(first)
                .contains("run1"));
        assertThat(view.runs(new ReportKey("acme", "r1"), 1)).hasSize(1);
        assertThat(view.runs(new ReportKey("globex", "r1"), 20)).isEmpty();
    }

    @Test
    void shouldKeepNoMoreThanANumberASizeAndADay() throws Exception {
        var history = new RunHistory(3, 10 * finished("r1", "run0", 0).length);
        for (var n = 0; n < 5; n++) {
            history.add(event(finished("r1", "run" + n, n)), NOON);
        }
        assertThat(history.newestFirst())
                .extracting(ToldEvent::at)
                .containsExactly(NOON.plusSeconds(4), NOON.plusSeconds(3), NOON.plusSeconds(2));

        history.add(event(finished("r1", "run9", 86_404)), NOON.plusSeconds(86_404));
        assertThat(history.newestFirst()).hasSize(2);

        var small = new RunHistory(100, 2 * finished("r1", "run0", 0).length);
        for (var n = 0; n < 5; n++) {
            small.add(event(finished("r1", "run" + n, n)), NOON);
        }
        assertThat(small.newestFirst()).hasSize(2);
    }

    private static ToldEvent event(byte[] data) throws Exception {
        return ToldEvent.read(ToldEvent.Kind.FINISHED, data);
    }

    @Test
    void shouldSayHowFarItIs() {
        assertThat(view.progress().state()).isEqualTo(ViewProgress.State.NOT_BEGUN);
        view.away("no broker");
        assertThat(view.progress().trouble()).contains("no broker");
        view.catchingUp(42);
        assertThat(view.progress())
                .isEqualTo(new ViewProgress(ViewProgress.State.CATCHING_UP, 42, Optional.empty(), 0));
        view.following();
        assertThat(view.progress().isCurrent()).isTrue();
        view.away("no broker");
        view.catchingUp(3);
        assertThat(view.progress().state()).as("it knew all once").isEqualTo(ViewProgress.State.AWAY);
        view.following();
        assertThat(view.progress().isCurrent()).isTrue();
    }
}
