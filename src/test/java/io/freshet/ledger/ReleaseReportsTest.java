package io.freshet.ledger;

import static io.freshet.ledger.CommittedStore.all;
import static io.freshet.ledger.CommittedStore.run;
import static io.freshet.ledger.CommittedStore.settled;
import static io.freshet.ledger.Entries.NOON;
import static io.freshet.ledger.Entries.R1;
import static io.freshet.ledger.Entries.R2;
import static io.freshet.ledger.Entries.R3;
import static io.freshet.ledger.Entries.ended;
import static io.freshet.ledger.Entries.posting;
import static io.freshet.state.Run.Status.FAILED;
import static io.freshet.state.Run.Status.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ChangeOutcome;
import io.freshet.event.ChangeRefs;
import io.freshet.event.DataFreshness;
import io.freshet.event.LeftOut;
import io.freshet.event.NotSucceeded;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunCounts;
import io.freshet.event.RunRejected;
import io.freshet.event.Traces;
import io.freshet.state.Posting;
import io.freshet.state.RefreshRequest;
import io.freshet.state.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ReleaseReportsTest {

    private static final ReportKey D1 = ReportKey.dataset("acme", "d1");
    private static final ReportKey D2 = ReportKey.dataset("acme", "d2");

    private final CommittedStore store = new CommittedStore();

    /** Reports with the datasets that they import, all of which are run first. */
    private StagedTransaction plan(String change, Map<ReportKey, List<String>> imports) {
        store.open(change);
        return store.commit(planned(change, imports));
    }

    private static LedgerEntry.Planned planned(String change, Map<ReportKey, List<String>> imports) {
        var datasets = new TreeSet<String>();
        imports.values().forEach(datasets::addAll);
        var requests = new LinkedHashMap<ReportKey, RefreshRequest>();
        datasets.forEach(token -> requests.put(ReportKey.dataset("acme", token), request(List.of(token))));
        var awaits = new LinkedHashMap<ReportKey, SortedSet<String>>();
        imports.forEach((report, tokens) -> {
            requests.put(report, request(tokens));
            awaits.put(report, new TreeSet<>(tokens));
        });
        return new LedgerEntry.Planned(
                "acme",
                Entries.TARGET,
                List.of(Entries.key("acme", change)),
                requests,
                awaits,
                List.copyOf(datasets),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Traces.none());
    }

    private static RefreshRequest request(List<String> datasets) {
        return new RefreshRequest(new TreeSet<>(datasets), ChangeRefs.none(), NOON);
    }

    private static LedgerEntry refused(ReportKey dataset) {
        return Entries.step(
                dataset,
                Posting.class,
                posting -> posting.refused(dataset, new Refusal("forbidden", 403, "No."), NOON));
    }

    private List<Outcome> outcomes(ReportKey report) {
        return store.state(report).memory().outcomes().values().stream()
                .map(end -> end.outcome())
                .toList();
    }

    @Test
    void shouldReleaseAReportInTheTransactionOfItsLastDatasetsEnd() {
        plan("a", Map.of(R1, List.of("d1"), R2, List.of("d1", "d2")));
        assertThat(store.state(R1).step()).as("before").isEmpty();
        assertThat(store.planned().get(0).datasetsFirst()).isTrue();
        assertThat(store.planned().get(0).reports()).containsExactlyInAnyOrder("r1", "r2");

        store.commit(run(D1, SUCCEEDED, 5));
        assertThat(store.state(R1).ifWaiting()).isPresent();
        assertThat(store.state(R2).ifWaiting()).as("d2 is still to come").isEmpty();
        store.commit(run(D2, SUCCEEDED, 6));
        assertThat(store.state(R2).underWay().orElseThrow().datasetTokens()).containsExactly("d1", "d2");

        store.commit(run(R1, SUCCEEDED, 7));
        assertThat(store.settled()).isEmpty();
        store.commit(run(R2, SUCCEEDED, 8));
        assertThat(store.settled()).hasSize(1);
        assertThat(store.settled().get(0).settlement().runs())
                .as("the datasets' runs count as well")
                .isEqualTo(new RunCounts(4, 0, 0, 0, 0, 0));
    }

    /** And that is enough: nothing is to follow. */
    @Test
    void shouldSettleABatchOfWhichEverythingFailed() {
        plan("a", Map.of(R1, List.of("d1"), R2, List.of("d1")));

        var end = store.commit(run(D1, FAILED, 5));

        assertThat(settled(end)).hasSize(1);
        var settlement = settled(end).get(0).settlement();
        assertThat(settlement.outcome()).isEqualTo(ChangeOutcome.FAILED);
        assertThat(settlement.runs()).isEqualTo(new RunCounts(0, 1, 0, 0, 2, 0));
        assertThat(settlement.notSucceeded())
                .contains(
                        new NotSucceeded("d1", "dataset", "failed", "run_failed", "run-d1-5"),
                        new NotSucceeded("r1", "report", "rejected", "dataset_failed", null));
        assertThat(store.told())
                .filteredOn(RunRejected.class::isInstance)
                .extracting(one -> one.report().reportToken())
                .containsExactlyInAnyOrder("r1", "r2");
    }

    @Test
    void shouldLetReportsGoWhoseDatasetModeRefusesToRun() {
        plan("a", Map.of(R1, List.of("d1")));

        store.commit(posting(D1), refused(D1));

        assertThat(store.state(R1).underWay().orElseThrow().datasetTokens()).containsExactly("d1");
        store.commit(run(R1, SUCCEEDED, 5));
        assertThat(store.settled().get(0).settlement().outcome()).isEqualTo(ChangeOutcome.PARTLY);
    }

    /** The run under way began before the second change was known: it doesn't count for that. */
    @Test
    void shouldWaitForTheFollowUpOfADatasetThatRunsAlready() {
        plan("a", Map.of(R1, List.of("d1")));
        store.commit(posting(D1), Entries.accepted(D1, "first"));
        plan("b", Map.of(R1, List.of("d1")));
        plan("c", Map.of(R1, List.of("d1")));

        store.commit(ended(D1, SUCCEEDED, 5));
        assertThat(store.state(R1).underWay().orElseThrow().causes().batches()).containsExactly(1L);
        store.commit(posting(R1), Entries.accepted(R1, "r-first"));
        store.commit(run(D1, SUCCEEDED, 9));
        assertThat(store.state(R1).following().orElseThrow().causes().batches()).containsExactly(2L, 3L);

        store.commit(all(new LedgerEntry[] {ended(R1, SUCCEEDED, 10)}, run(R1, SUCCEEDED, 12)));
        assertThat(store.settledIds()).containsExactly("a", "b", "c");
    }

    /** A dataset may be held for days, and its reports' records are written with each plan. */
    @Test
    void shouldKeepOnePartForAllBatchesThatOneRunOfTheDatasetsAnswers() {
        IntStream.rangeClosed(1, 100).forEach(n -> plan("a" + n, Map.of(R1, List.of("d1", "d2"))));
        store.commit(posting(D1), Entries.accepted(D1, "first"));
        IntStream.rangeClosed(101, 200).forEach(n -> plan("b" + n, Map.of(R1, List.of("d1", "d2"))));
        plan("c", Map.of(R1, List.of("d1")));

        assertThat(store.state(R1).memory().awaiting()).containsOnlyKeys(1L, 101L, 201L);

        store.commit(store.restart());
        assertThat(store.state(R1).carried()).hasSize(201);
        store.commit(all(new LedgerEntry[] {ended(D1, SUCCEEDED, 5)}, run(D2, FAILED, 6)));
        assertThat(store.state(R1).underWay().orElseThrow().causes().batches()).hasSize(100);
        store.commit(run(D1, FAILED, 8));
        assertThat(store.state(R1).memory().awaiting()).isEmpty();
        assertThat(store.settledIds()).as("rejected for all of the others").hasSize(101);
        store.commit(run(R1, SUCCEEDED, 9));
        assertThat(store.settledIds()).hasSize(201).doesNotHaveDuplicates();
    }

    @Test
    void shouldReleaseMoreThanOneTransactionTakesInFurtherOnes() {
        var reports = IntStream.range(0, ReleaseReports.MOST + 20)
                .mapToObj(n -> new ReportKey("acme", "r" + n))
                .toList();
        var imports = new LinkedHashMap<ReportKey, List<String>>();
        reports.forEach(report -> imports.put(report, List.of("d1")));
        plan("a", imports);

        var first = store.commit(run(D1, SUCCEEDED, 5));

        assertThat(first.releases().count()).isEqualTo(ReleaseReports.MOST);
        assertThat(first.releases().later()).hasSize(1);
        assertThat(waiting(reports)).isEqualTo(ReleaseReports.MOST);
        var second = store.commit(
                new LedgerEntry.Release(first.releases().later().iterator().next()));
        assertThat(second.releases().later()).isEmpty();
        assertThat(waiting(reports)).isEqualTo(reports.size());
    }

    private long waiting(List<ReportKey> reports) {
        return reports.stream()
                .filter(report -> store.state(report).ifWaiting().isPresent())
                .count();
    }

    @Test
    void shouldReleaseTheOthersAfterACrashInBetween() {
        var imports = new LinkedHashMap<ReportKey, List<String>>();
        IntStream.range(0, ReleaseReports.MOST + 20)
                .forEach(n -> imports.put(new ReportKey("acme", "r" + n), List.of("d1")));
        plan("a", imports);
        store.commit(run(D1, SUCCEEDED, 5));

        store.commit(store.restart());

        assertThat(waiting(List.copyOf(imports.keySet()))).isEqualTo(imports.size());
    }

    @Test
    void shouldWaitOnAfterARestart() {
        plan("a", Map.of(R1, List.of("d1"), R2, List.of("d1", "d2")));
        store.commit(run(D1, SUCCEEDED, 5));

        store.commit(store.restart());

        assertThat(store.state(R2).step()).isEmpty();
        assertThat(store.state(R2).carries(1)).isTrue();
        store.commit(run(D2, FAILED, 6));
        assertThat(store.state(R2).underWay().orElseThrow().datasetTokens()).containsExactly("d1");
        store.commit(all(run(R1, SUCCEEDED, 7), run(R2, SUCCEEDED, 8)));
        assertThat(store.settled().get(0).settlement().runs()).isEqualTo(new RunCounts(3, 1, 0, 0, 0, 0));
    }

    @Test
    void shouldReleaseInOneTransactionWithThePlan() {
        store.open("a", "b");

        store.commit(all(
                new LedgerEntry[] {planned("a", Map.of(R1, List.of("d1")))},
                run(D1, SUCCEEDED, 5),
                new LedgerEntry[] {planned("b", Map.of(R1, List.of("d1")))},
                run(D1, SUCCEEDED, 6)));

        assertThat(store.state(R1).underWay().orElseThrow().causes().batches()).containsExactly(1L, 2L);
        assertThat(store.state(R1).memory().awaiting()).isEmpty();
    }

    @Test
    void shouldForgetNeitherADatasetNorAReportWhileOneWaitsForTheOther() {
        plan("a", Map.of(R1, List.of("d1", "d2")));
        store.commit(run(D1, SUCCEEDED, 5));

        store.pass(Duration.ofDays(30));
        store.commit(new LedgerEntry.Forget(Entries.ACME, store.now().minus(Duration.ofDays(7))));

        assertThat(store.keys()).contains("acme/datasets/d1", "acme/datasets/d2", "acme/reports/r1");
        assertThat(outcomes(D1)).containsExactly(Outcome.SUCCEEDED);
        store.commit(all(run(D2, SUCCEEDED, 6), run(R1, SUCCEEDED, 7)));
        assertThat(store.settled()).hasSize(1);
    }

    // --- records that are larger than their topic takes

    /** The end of the dataset is the third entry. */
    private static final Origin R1_RELEASED = Origin.of(2).of(R1);

    @Test
    void shouldRejectTheOneReportWhoseRecordIsTooLargeAndLetTheOthersGo() {
        plan("a", Map.of(R1, List.of("d1"), R2, List.of("d1")));

        var staged = store.commitWithout(Set.of(R1_RELEASED), run(D1, SUCCEEDED, 5));

        assertThat(staged.results())
                .allSatisfy(result -> assertThat(result.failure()).isNull());
        assertThat(store.state(R1).isAtRest()).isTrue();
        assertThat(store.told())
                .filteredOn(RunRejected.class::isInstance)
                .map(RunRejected.class::cast)
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.reason()).isEqualTo("too_large");
                    assertThat(told.datasetTokens()).as("these may be too many").isEmpty();
                });
        store.commit(run(R2, SUCCEEDED, 6));
        assertThat(store.settled().get(0).settlement().runs()).isEqualTo(new RunCounts(2, 0, 0, 0, 1, 0));
    }

    @Test
    void shouldLetTheOthersGoEvenIfTheRejectionIsTooLarge() {
        plan("a", Map.of(R1, List.of("d1"), R2, List.of("d1")));

        store.commitWithout(Set.of(R1_RELEASED, R1_RELEASED.rejected()), run(D1, SUCCEEDED, 5));

        assertThat(store.state(R1).carries(1)).isTrue();
        assertThat(store.state(R2).ifWaiting()).isPresent();
        store.commit(run(R2, SUCCEEDED, 6));
        assertThat(store.settled()).isEmpty();
        store.commit(store.restart());
        store.commit(run(R1, SUCCEEDED, 7));
        assertThat(store.settled()).as("when the topic takes it").hasSize(1);
    }

    // --- keys that can't be read

    private RestoredPartition imageWithout(ReportKey lost) {
        var image = new PartitionImage();
        store.records()
                .forEach(record -> image.enter(
                        Arrays.equals(record.key(), new StateKey.OfReport(lost).bytes())
                                ? new ConsumerRecord<>(
                                        record.topic(),
                                        record.partition(),
                                        record.offset(),
                                        record.key(),
                                        "{".getBytes(StandardCharsets.UTF_8))
                                : record));
        return image.restored(0);
    }

    @Test
    void shouldTakeADatasetThatCanNotBeReadForOneThatFailed() {
        plan("a", Map.of(R1, List.of("d1"), R2, List.of("d1", "d2")));

        store.commit(store.restart(imageWithout(D1)));

        assertThat(outcomes(R1)).containsExactly(Outcome.REJECTED);
        assertThat(store.state(R2).step()).as("d2 is still to come").isEmpty();
        store.commit(all(run(D2, SUCCEEDED, 5), run(R2, SUCCEEDED, 6)));
        assertThat(store.settled().get(0).settlement().runs()).isEqualTo(new RunCounts(2, 1, 0, 0, 1, 0));
    }

    @Test
    void shouldNotRunADatasetWhoseKeyIsQuarantinedAndLetItsReportsGo() {
        plan("a", Map.of(R1, List.of("d1")));
        store.commit(store.restart(imageWithout(D1)));

        plan("b", Map.of(R3, List.of("d1", "d2")));

        assertThat(store.planned().get(1).leftOut()).containsExactly(LeftOut.dataset("d1", "quarantined"));
        assertThat(store.state(R3).memory().awaiting().values()).singleElement().satisfies(part -> {
            assertThat(part.datasets()).containsExactly("d2");
            assertThat(part.request().datasetTokens()).containsExactly("d1", "d2");
        });
    }

    @Test
    void shouldNotCallDataFreshThatAQuarantinedReportDoesNotShow() {
        plan("a", Map.of(R1, List.of("d1"), R2, List.of("d1")));
        store.commit(all(run(D1, SUCCEEDED, 5), run(R1, SUCCEEDED, 6), run(R2, SUCCEEDED, 7)));
        assertThat(store.settled().get(0).settlement().data()).isEqualTo(DataFreshness.FRESH);
        store.commit(store.restart(imageWithout(R2)));

        plan("b", Map.of(R1, List.of("d1"), R2, List.of("d1")));
        store.commit(all(run(D1, SUCCEEDED, 8), run(R1, SUCCEEDED, 9)));

        var settlement = store.settled().get(1).settlement();
        assertThat(settlement.data()).isEqualTo(DataFreshness.UNKNOWN);
        assertThat(settlement.outcome()).isEqualTo(ChangeOutcome.PARTLY);
    }

    /** A token is one target: a person who asks for it as for a report means the same thing. */
    @Test
    void shouldRunADatasetAsADatasetWhoeverAsksForIt() {
        plan("a", Map.of(R1, List.of("d1")));
        store.commit(all(run(D1, SUCCEEDED, 5), run(R1, SUCCEEDED, 6)));

        store.open("b");
        store.commit(Entries.planned("acme", "b", new ReportKey("acme", "d1")));

        assertThat(store.state(new ReportKey("acme", "d1")).isAtRest()).isTrue();
        assertThat(store.state(D1).underWay().orElseThrow().datasetTokens()).containsExactly("d1");
        assertThat(new ArrayList<>(new LinkedHashSet<>(store.keys())))
                .contains("acme/datasets/d1")
                .doesNotContain("acme/reports/d1");
    }
}
