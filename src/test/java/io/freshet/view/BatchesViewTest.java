package io.freshet.view;

import static io.freshet.view.Records.NOON;
import static io.freshet.view.Records.RUNS_NONE;
import static io.freshet.view.Records.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeRef;
import io.freshet.event.Outcome;
import io.freshet.event.Presentations;
import io.freshet.event.Subject;
import io.freshet.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Batches, and the reports of each, as records and events say. */
@Execution(ExecutionMode.CONCURRENT)
class BatchesViewTest {

    private static final BatchKey SEVEN = new BatchKey("acme", 7);
    private static final String ENDED =
            "'last_outcome':'%1$s','outcomes':[{'batch':7,'outcome':'%1$s','at':'" + NOON + "'}]";

    private final SettableClock clock = new SettableClock();
    private final ClusterView view = new ClusterView(Presentations.WITH_NAMES, clock, new ActivityFeed(Runnable::run));
    private final Records records = new Records(view);

    @BeforeEach
    void startAtNoon() {
        clock.advance(Duration.between(clock.instant(), NOON));
    }

    /** Each report of the batch, and how it ended for it; a dash while it is under way. */
    private Map<String, String> reports(BatchKey batch) {
        var found = new LinkedHashMap<String, String>();
        view.reports(Asked.ALL.in(batch.account()).of(batch).byName())
                .reports()
                .forEach(one -> found.put(
                        one.report().kind().word() + " " + one.report().reportToken(),
                        one.batchOutcome().map(Outcome::word).orElse("-")));
        return found;
    }

    private List<BatchKey> newest(BatchQuery query) {
        return view.batches(query).stream().map(BatchStatus::batch).toList();
    }

    private static BatchQuery some(int limit) {
        return new BatchQuery(Optional.empty(), Optional.empty(), limit);
    }

    private void finished(String token, String batches, String outcome, int second) {
        view.told(
                ToldEvent.Kind.FINISHED,
                json(
                        "{'account':'acme',%s,'batches':[%s],'run_token':'run1','outcome':'%s','mode_state':'x','changes_count':1,'accepted_at':'%s','finished_at':'%s'}"
                                .formatted(token, batches, outcome, NOON, NOON.plusSeconds(second))));
    }

    private void planned(String batch, String target, Instant at, String part) {
        view.told(
                ToldEvent.Kind.PLANNED,
                json(
                        "{'account':'acme',%s,'batch':'%s','changes':[{'source':'/etl','id':'load-%s','changed_at':'%s','reason':'nightly'}],'changes_count':1,%s'planned_at':'%s'}"
                                .formatted(target, batch, batch, NOON, part, at)));
    }

    /** It was never planned. */
    @Test
    void shouldSayWhatWasRefused() {
        records.settled(
                7,
                "refused",
                RUNS_NONE,
                ",'not_succeeded':[{'token':'5a1d','kind':'data_source','outcome':'refused','reason':'data_source_not_found'}]",
                "load-1");
        records.settled(8, "succeeded", RUNS_NONE, "", "load-2");

        assertThat(view.batch(SEVEN).orElseThrow().target()).contains("data_source=5a1d");
        assertThat(view.batch(new BatchKey("acme", 8)).orElseThrow().target()).isEmpty();
    }

    @Test
    void shouldListTheRunsOfABatchAndNoOthers() {
        finished("'report_token':'r1'", "7", "succeeded", 1);
        finished("'report_token':'r2'", "7,8", "failed", 2);
        finished("'report_token':'r3'", "8", "succeeded", 3);
        view.following();

        assertThat(view.ends(Optional.of(SEVEN), 10))
                .extracting(end -> ((Activity.Finished) end).reportToken())
                .containsExactly("r2", "r1");
        assertThat(view.ends(Optional.of(SEVEN), 1)).hasSize(1);
        assertThat(view.ends(Optional.of(new BatchKey("globex", 7)), 10)).isEmpty();
    }

    @Test
    void shouldListTheReportsOfAnOpenBatchWithTheirEnds() {
        records.planned(7, 1, "load-1");
        records.waiting("r1", "7", "");
        records.posting("r2", "6,7");
        records.running("r3", "8", "7,9");
        records.atRest("r4", ENDED.formatted("failed"));
        records.atRest(
                "r5",
                "'last_outcome':'succeeded','outcomes':[{'batch':6,'outcome':'failed','at':'%s'}]".formatted(NOON));
        records.waiting("r6", "8", "{'batch':7,'outcome':'succeeded','at':'%s'}".formatted(NOON));
        records.read(
                "acme/datasets/d1",
                "'state':'settled','since':'%s','history':{%s}".formatted(NOON, ENDED.formatted("timed_out")));
        records.read(
                "globex/reports/r1",
                "'state':'settled','since':'%s','history':{%s}".formatted(NOON, ENDED.formatted("failed")));
        finished(
                "'report_token':'r5'",
                "'7'",
                "failed",
                1); // of a batch of this number before the topics were made anew

        assertThat(reports(SEVEN))
                .containsExactly(
                        Map.entry("dataset d1", "timed_out"),
                        Map.entry("report r1", "-"),
                        Map.entry("report r2", "-"),
                        Map.entry("report r3", "-"),
                        Map.entry("report r4", "failed"),
                        Map.entry("report r6", "succeeded"));
        assertThat(view.batch(SEVEN).orElseThrow().runs()).isEqualTo(new RunCounts(1, 1, 0, 1, 0, 1, 3));
        assertThat(view.reports(Asked.ALL.in("acme").of(SEVEN).at(Stage.WAITING).byName())
                        .count())
                .isEqualTo(2);
    }

    @Test
    void shouldListTheReportsOfASettledBatchAsFarAsTheirRecordsOrTheLastDaySay() {
        records.settled(
                7,
                "partly",
                "{'succeeded':1,'failed':2,'cancelled':0,'timed_out':0,'rejected':1,'left_out':0}",
                "",
                "load-1");
        records.atRest("r1", ENDED.formatted("succeeded"));
        records.running("r2", "8", ""); // has forgotten how it ended for the seventh
        records.atRest("r3", "'last_outcome':'succeeded'");
        records.atRest("r4", "'last_outcome':'succeeded'");
        records.atRest("r5", "'last_outcome':'succeeded'");
        records.read("acme/datasets/d1", "'state':'settled','since':'%s','history':{}".formatted(NOON));
        finished("'report_token':'r2'", "'6','7'", "failed", 5);
        finished("'report_token':'r2'", "'8'", "succeeded", 9);
        finished("'report_token':'r1'", "'7'", "failed", 1);
        finished("'kind':'dataset','dataset_token':'d1'", "'7'", "failed", 3);
        view.told(
                ToldEvent.Kind.REJECTED,
                json(
                        "{'account':'acme','report_token':'r4','batches':['7'],'changes_count':1,'reason':'forbidden','status':403,'message':'no','rejected_at':'%s'}"
                                .formatted(NOON.plusSeconds(7))));

        assertThat(reports(SEVEN))
                .containsExactly(
                        Map.entry("dataset d1", "failed"),
                        Map.entry("report r1", "succeeded"),
                        Map.entry("report r2", "failed"),
                        Map.entry("report r4", "rejected"));
        assertThat(reports(new BatchKey("globex", 7))).isEmpty();
        assertThat(reports(new BatchKey("acme", 77))).isEmpty();
    }

    @Test
    void shouldForgetWhatWasToldOfABatchAfterADay() {
        records.settled(7, "failed", RUNS_NONE, "", "load-1");
        records.atRest("r1", "");
        planned("7", "'data_source':'5a1d'", NOON, "");
        finished("'report_token':'r1'", "'7'", "failed", 0);
        assertThat(reports(SEVEN)).hasSize(1);

        clock.advance(RunHistory.OLDEST.plusSeconds(1));
        finished("'report_token':'r2'", "'8'", "failed", 86_401);
        planned("8", "'data_source':'5a1d'", clock.instant(), "");

        assertThat(reports(SEVEN)).isEmpty();
        assertThat(view.batch(SEVEN).orElseThrow().plan()).isEmpty();
    }

    @Test
    void shouldListTheNewestBatchesWithWhatWasTold() {
        records.settled(
                7,
                "succeeded",
                "{'succeeded':4,'failed':0,'cancelled':0,'timed_out':0,'rejected':0,'left_out':2}",
                "",
                "load-7",
                "load-8");
        plannedAt("acme", 8, NOON.plusSeconds(5));
        plannedAt("globex", 3, NOON.plusSeconds(3));
        records.waiting("r1", "8", "");
        records.atRest("r2", "'outcomes':[{'batch':8,'outcome':'failed','at':'%s'}]".formatted(NOON));
        planned("8", "'space':'5bace'", NOON.plusSeconds(5), "'part':1,");
        planned("8", "'space':'5bace'", NOON.plusSeconds(5), "'part':2,'parts':2,");

        assertThat(newest(some(10))).containsExactly(new BatchKey("acme", 8), new BatchKey("globex", 3), SEVEN);
        assertThat(newest(some(2))).containsExactly(new BatchKey("acme", 8), new BatchKey("globex", 3));
        assertThat(newest(new BatchQuery(Optional.of("acme"), Optional.empty(), 1)))
                .containsExactly(new BatchKey("acme", 8));
        assertThat(newest(new BatchQuery(Optional.empty(), Optional.of(true), 10)))
                .containsExactly(SEVEN);
        assertThat(newest(new BatchQuery(Optional.empty(), Optional.of(false), 1)))
                .containsExactly(new BatchKey("acme", 8));

        var open = view.batches(some(1)).get(0);
        assertThat(open.plannedAt()).isEqualTo("2026-03-01T12:00:05.123Z");
        assertThat(open.runs()).isEqualTo(new RunCounts(0, 1, 0, 0, 0, 0, 1));
        assertThat(open.settled()).isEmpty();
        assertThat(open.plan().orElseThrow().target()).isEqualTo("space=5bace");
        assertThat(open.plan().orElseThrow().changes())
                .containsExactly(new ChangeRef("/etl", "load-8", NOON, "nightly"));
        var settled = view.batches(some(3)).get(2);
        assertThat(settled.changes()).isEqualTo(2);
        assertThat(settled.runs()).isEqualTo(new RunCounts(4, 0, 0, 0, 0, 2, 0));
        assertThat(settled.settled().orElseThrow().outcome()).isEqualTo("succeeded");
        assertThat(settled.plan()).isEmpty();
    }

    /** On every replica, and for a fact that was known before. */
    @Test
    void shouldKnowWhatPeopleCallATarget() {
        records.settled(7, "succeeded", RUNS_NONE, "", "load-1");
        planned("7", "'data_source':'5a1d','target_name':'Warehouse'", NOON, "");
        planned("8", "'data_source':'5a1d'", NOON, "");
        planned("9", "'space':'5bace','target_name':'Sales'", NOON, "");
        view.following();

        assertThat(view.batch(SEVEN).orElseThrow().targetName()).contains("Warehouse");
        assertThat(view.names().of("acme", Subject.dataSource("5a1d")))
                .as("Mode may not have said it the last time")
                .contains("Warehouse");
        assertThat(view.names().of("acme", Subject.space("5bace"))).contains("Sales");
        assertThat(view.names().of("globex", Subject.dataSource("5a1d"))).isEmpty();
        assertThat(view.names().of("acme", Subject.space("5a1d"))).isEmpty();
    }

    @Test
    void shouldKeepTheNamesThatWereToldLast() {
        var names = new TargetNames();
        IntStream.rangeClosed(0, ToldPlans.MOST)
                .forEach(n -> names.told(
                        new ToldPlan(SEVEN, NOON, "data_source=s" + n, Optional.of("Source " + n), List.of())));

        assertThat(names.of("acme", Subject.dataSource("s0"))).isEmpty();
        assertThat(names.of("acme", Subject.dataSource("s1"))).contains("Source 1");
    }

    private void plannedAt(String account, int batch, Instant at) {
        records.read(
                account + "/batches/" + batch,
                "'state':'open','data_source':'5a1d','planned_at':'%s','changes':{'listed':[],'count':1},'identities':'%s','left_out':0"
                        .formatted(at, Records.identities("load-" + batch)));
    }

    @Test
    void shouldForgetABatchWithItsRecord() {
        records.planned(7, 0, "load-1");
        records.gone("acme/batches/7");

        assertThat(view.batches(some(10))).isEmpty();
        assertThat(view.batch(SEVEN)).isEmpty();
        assertThat(view.batch(new BatchKey("initech", 7))).isEmpty();
    }

    @Test
    void shouldKeepTheLastPlansOfAnyOrderWithinANumberAndASize() {
        var few = new ToldPlans(3, 1_000);
        for (var n : new int[] {4, 1, 3, 5, 2}) {
            few.add(plan(n, "x"), NOON);
        }
        assertThat(kept(few)).containsExactly(3L, 4L, 5L);

        few.add(plan(3, "another life"), NOON);
        assertThat(few.find(new BatchKey("acme", 3)).orElseThrow().target()).isEqualTo("another life");
        few.add(plan(6, "x".repeat(999)), NOON);
        assertThat(kept(few)).as("of the last two, the size").containsExactly(5L, 6L);
    }

    private static ToldPlan plan(int batch, String target) {
        return new ToldPlan(
                new BatchKey("acme", batch), NOON.plus(Duration.ofMinutes(batch)), target, Optional.empty(), List.of());
    }

    private static List<Long> kept(ToldPlans plans) {
        return LongStream.range(0, 10)
                .filter(n -> plans.find(new BatchKey("acme", n)).isPresent())
                .boxed()
                .toList();
    }

    @Test
    void shouldNameTheFirstOfManyDatasets() {
        var many = IntStream.range(0, 30).mapToObj("{'token':'d%d'}"::formatted).collect(Collectors.joining(","));
        records.planned(7, 0, "load-1");
        planned("7", "'datasets':[%s]".formatted(many), NOON, "");

        assertThat(view.batch(SEVEN).orElseThrow().plan().orElseThrow().target())
                .startsWith("datasets=[d0, d1,")
                .endsWith("d19, and 10 more]");
    }

    @Test
    void shouldPassOverAPlanOfNoNumber() {
        planned("seven", "'data_source':'5a1d'", NOON, "");
        records.planned(7, 0, "load-1");

        assertThat(view.batches(some(1)).get(0).plan()).isEmpty();
    }
}
