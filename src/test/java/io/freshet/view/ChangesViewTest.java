package io.freshet.view;

import static io.freshet.view.Records.NOON;
import static io.freshet.view.Records.RUNS_NONE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What became of changes, as the records say. */
@Execution(ExecutionMode.CONCURRENT)
class ChangesViewTest {

    private static final String TWO_OF_THREE =
            "{'succeeded':2,'failed':1,'cancelled':0,'timed_out':0,'rejected':0,'left_out':4}";

    private final Records records = new Records();

    private RunCounts runs(String id) {
        return records.change(id).orElseThrow().runs();
    }

    @Test
    void shouldKnowNothingOfAChangeThatNobodyHasSeen() {
        records.opened("other");

        assertThat(records.change("load-1")).isEmpty();
        assertThat(records.view.change("globex", Records.digest("other"))).isEmpty();
    }

    @Test
    void shouldSayThatAChangeIsOpenAndInNoBatchYet() {
        records.opened("load-1");

        assertThat(records.change("load-1"))
                .contains(new ChangeStatus(NOON, Optional.empty(), false, RunCounts.NONE, Optional.empty()));
        assertThat(records.view.census().openChanges()).isEqualTo(1);
    }

    @Test
    void shouldCountTheRunsOfAnOpenBatchByTheRecordsOfItsReports() {
        records.opened("load-1");
        records.planned(7, 3, "load-1", "load-2");
        records.waiting("r1", "7", "");
        records.running("r2", "7", "8");
        records.posting("r3", "6,7");
        records.atRest("r4", "'outcomes':[{'batch':7,'outcome':'succeeded','at':'%s'}]".formatted(NOON));
        records.waiting("r5", "8", "{'batch':7,'outcome':'rejected','at':'%s'}".formatted(NOON));

        assertThat(runs("load-1")).isEqualTo(new RunCounts(1, 0, 0, 0, 1, 3, 3));
        assertThat(records.change("load-2").orElseThrow().batch()).contains(7L);
        assertThat(records.change("load-1").orElseThrow().settled()).isEmpty();
        assertThat(records.view.census().openChanges()).isZero();
    }

    @Test
    void shouldCountAReportAnewWithEachOfItsRecords() {
        records.opened("load-1");
        records.planned(7, 0, "load-1");
        records.waiting("r1", "7", "");
        records.posting("r1", "7");
        records.running("r1", "7", "7");
        assertThat(runs("load-1").open()).isEqualTo(1);

        records.atRest("r1", "'outcomes':[{'batch':7,'outcome':'timed_out','at':'%s'}]".formatted(NOON));
        assertThat(runs("load-1")).isEqualTo(new RunCounts(0, 0, 0, 1, 0, 0, 0));

        records.gone("acme/reports/r1");
        assertThat(runs("load-1")).isEqualTo(RunCounts.NONE);
    }

    @Test
    void shouldTellHowAChangeWasSettled() {
        records.opened("load-1");
        records.planned(7, 4, "load-1");
        records.settled(
                7,
                "partly",
                TWO_OF_THREE,
                ",'last_success':'%s','not_succeeded':[{'token':'r3','kind':'report','outcome':'failed','reason':'failed'}]"
                        .formatted(NOON.plusSeconds(50)),
                "load-1");
        records.closed("load-1");

        var status = records.change("load-1").orElseThrow();
        assertThat(status.changedAt()).isEqualTo(NOON);
        assertThat(status.batch()).contains(7L);
        assertThat(status.runs()).isEqualTo(new RunCounts(2, 1, 0, 0, 0, 4, 0));
        var settled = status.settled().orElseThrow();
        assertThat(settled.outcome()).isEqualTo("partly");
        assertThat(settled.notSucceeded()).contains("\"token\":\"r3\"");
        assertThat(settled.settledAt()).as("as exactly as it was told").isEqualTo(NOON.plusSeconds(60));
        assertThat(settled.freshness(NOON)).as("only of those that succeeded").isEmpty();
    }

    @Test
    void shouldTellHowFreshASuccessIsAndNeverLessThanNothing() {
        records.settled(
                7, "succeeded", TWO_OF_THREE, ",'last_success':'%s'".formatted(NOON.plusMillis(50_000)), "load-1");

        var settled = records.change("load-1").orElseThrow().settled().orElseThrow();
        assertThat(settled.freshness(NOON)).contains(Duration.ofSeconds(50));
        assertThat(settled.freshness(NOON.plusSeconds(90))).contains(Duration.ZERO);
    }

    @Test
    void shouldCallAChangeSettledWhileItsRecordIsStillThere() {
        records.opened("load-1");
        records.settled(7, "nothing_to_do", RUNS_NONE, "", "load-1");

        assertThat(records.change("load-1").orElseThrow().settled()).isPresent();
        assertThat(records.view.census().openChanges()).isZero();
    }

    @Test
    void shouldForgetAChangeWithItsBatch() {
        records.opened("load-1");
        records.settled(7, "succeeded", RUNS_NONE, "", "load-1");
        records.closed("load-1");

        records.gone("acme/batches/7");

        assertThat(records.change("load-1")).isEmpty();
    }

    @Test
    void shouldForgetAChangeThatIsClosedWithoutABatch() {
        records.opened("load-1");
        records.closed("load-1");

        assertThat(records.change("load-1")).isEmpty();
        assertThat(records.view.census().openChanges()).isZero();
    }

    @Test
    void shouldTakeARefusedChangeThatIsSentAgainForOpen() {
        records.opened("load-1");
        records.settled(7, "refused", RUNS_NONE, "", "load-1");
        records.closed("load-1");
        assertThat(records.change("load-1").orElseThrow().settled()).isPresent();

        records.opened("load-1");
        assertThat(records.change("load-1").orElseThrow().settled()).isEmpty();
        assertThat(records.view.census().openChanges()).isEqualTo(1);

        records.planned(9, 0, "load-1");
        assertThat(records.change("load-1").orElseThrow().batch()).contains(9L);

        records.gone("acme/batches/7");
        assertThat(records.change("load-1").orElseThrow().batch())
                .as("forgotten is the batch that refused it")
                .contains(9L);
    }

    @Test
    void shouldTakeAChangeThatComesAgainAfterItWasForgottenForNew() {
        records.settled(7, "succeeded", RUNS_NONE, "", "load-1");
        records.gone("acme/batches/7");

        records.opened("load-1");

        assertThat(records.change("load-1").orElseThrow().batch()).isEmpty();
        assertThat(records.view.census().openChanges()).isEqualTo(1);
    }

    /** After compaction the last record of a key is where it was written, and those before it are gone. */
    @Test
    void shouldReadTheSameFromWhatCompactionLeaves() {
        records.settled(7, "refused", RUNS_NONE, "", "load-1", "load-2");
        records.opened("load-1");
        records.settled(9, "succeeded", RUNS_NONE, "", "load-1");
        records.closed("load-1");
        records.planned(10, 0, "load-3");
        records.opened("load-4");

        assertThat(records.change("load-1")
                        .orElseThrow()
                        .settled()
                        .orElseThrow()
                        .outcome())
                .isEqualTo("succeeded");
        assertThat(records.change("load-2")
                        .orElseThrow()
                        .settled()
                        .orElseThrow()
                        .outcome())
                .isEqualTo("refused");
        assertThat(records.change("load-3").orElseThrow().settled()).isEmpty();
        assertThat(records.change("load-4").orElseThrow().batch()).isEmpty();
    }

    @Test
    void shouldWakeWhoWaitsForAChangeThatNobodyHasSeenYet() {
        var waiter = wait("load-1");
        var other = wait("load-2");

        records.opened("load-1");
        records.planned(7, 0, "load-1");
        assertThat(waiter).isNotDone();
        records.settled(7, "succeeded", RUNS_NONE, "", "load-1");

        assertThat(waiter)
                .isCompletedWithValueMatching(status -> status.settled().isPresent());
        assertThat(other).isNotDone();
        assertThat(wait("load-1")).as("settled already").isDone();
    }

    @Test
    void shouldNotTakeAnOldRefusalForTheEndOfAChangeThatWasPlannedAnew() {
        records.planned(9, 0, "load-1");
        var waiter = wait("load-1");

        records.settled(7, "refused", RUNS_NONE, "", "load-1");

        assertThat(waiter).isNotDone();
        assertThat(records.change("load-1").orElseThrow().batch()).contains(9L);
    }

    @Test
    void shouldLetNoMoreWaitThanItCanHold() {
        var first = wait("load-0");
        for (var n = 1; n < StateView.MOST_WAITERS; n++) {
            assertThat(wait("load-" + n)).isNotDone();
        }
        assertThat(records.view.settled("acme", Records.digest("one-more"))).isEmpty();

        records.view.leave("acme", Records.digest("load-0"), first);
        records.view.leave("acme", Records.digest("load-0"), first);

        assertThat(records.view.settled("acme", Records.digest("one-more"))).isPresent();
        assertThat(records.view.settled("acme", Records.digest("another"))).isEmpty();
    }

    private CompletableFuture<ChangeStatus> wait(String id) {
        return records.view.settled("acme", Records.digest(id)).orElseThrow();
    }

    @Test
    void shouldLeaveOutWhatItCantRead() {
        records.opened("load-1");
        records.planned(7, 0, "load-1");
        records.waiting("r1", "7", "");

        records.read("acme/reports/r1", "'state':'asleep','history':{}");
        records.view.apply("acme/reports/r2".getBytes(UTF_8), Records.json("{"));
        records.view.apply("acme/batches/8".getBytes(UTF_8), Records.json("{'v':99,'min_reader':99}"));
        records.view.apply("/layout".getBytes(UTF_8), Records.json("{}"));

        assertThat(records.view.unreadable()).isEqualTo(3);
        assertThat(runs("load-1").open()).isZero();

        records.waiting("r1", "7", "");
        assertThat(records.view.unreadable()).isEqualTo(2);
        assertThat(runs("load-1").open()).isEqualTo(1);
    }
}
