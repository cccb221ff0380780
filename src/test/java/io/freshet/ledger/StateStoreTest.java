package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.ReportKey;
import io.freshet.event.RunAccepted;
import io.freshet.event.RunEvent;
import io.freshet.state.Attempts;
import io.freshet.state.Posting;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportState;
import io.freshet.state.Run;
import io.freshet.state.Settled;
import io.freshet.state.TrackingPolicy;
import io.freshet.state.Transition;
import io.freshet.state.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class StateStoreTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ReportKey R1 = new ReportKey("acme", "r1");
    private static final ReportKey R2 = new ReportKey("acme", "r2");
    private static final TrackingPolicy PACE = new TrackingPolicy(
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofHours(1),
            Duration.ofSeconds(90),
            Duration.ofMinutes(5),
            3,
            Duration.ofMinutes(10));
    private static final Run RUN = new Run(
            "run1",
            "enqueued",
            Run.Status.OPEN,
            Optional.of(NOON),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Owns partition 0, with R1 waiting, and is at offset 10. */
    private final StateStore book = new StateStore();

    StateStoreTest() {
        book.open(0, Map.of(R1, waiting(request(1))), 10);
    }

    @Test
    void shouldMergeARefreshAndMoveOn() {
        var page = book.write(List.of(wished(0, 10, R1, request(2))));

        assertThat(page.results())
                .containsExactly(Optional.of(waiting(request(1).and(request(2)))));
        assertThat(page.durable()).containsExactly(new StagedTransaction.Place(0, R1));
        assertThat(page.positions()).isEqualTo(Map.of(0, 11L));
        assertThat(page.told()).isEmpty();
    }

    @Test
    void shouldBeginWithAReportThatNobodyHasHeardOf() {
        var page = book.write(List.of(wished(0, 10, R2, request(2))));
        book.keep(page);

        assertThat(page.results().get(0).orElseThrow().name()).isEqualTo("waiting");
        assertThat(book.partitionOf(R2)).isZero();
    }

    @Test
    void shouldTakeTheStepOfARefreshThatMayLeaveAtOnce() {
        var page = book.write(List.of(wished(0, 10, R2, request(2)).with(waiting -> waiting.posting(NOON, NOON))));

        var posting = page.results().get(0).flatMap(ReportState::ifPosting).orElseThrow();
        assertThat(posting.request()).isEqualTo(request(2));
        assertThat(page.state(new StagedTransaction.Place(0, R2))).isEqualTo(posting);
        assertThat(page.durable()).containsExactly(new StagedTransaction.Place(0, R2));
    }

    @Test
    void shouldTakeNoStepAtOnceOfARefreshThatIsNoNews() {
        var page = book.write(List.of(
                step(R1, Waiting.class, waiting -> waiting.posting(NOON, NOON)),
                wished(0, 10, R1, request(1)).with(waiting -> {
                    throw new AssertionError("it is on its way");
                })));

        assertThat(page.results().get(1).flatMap(ReportState::ifPosting)).isPresent();
    }

    @Test
    void shouldIgnoreARecordThatWasReadBefore() {
        var page = book.write(List.of(wished(0, 9, R1, request(2))));

        assertThat(page.isBlank()).isTrue();
        assertThat(page.results()).containsExactly(Optional.empty());
    }

    @Test
    void shouldIgnoreARecordThatIsTwiceOnThePage() {
        var page = book.write(
                List.of(wished(0, 10, R1, request(2)), wished(0, 10, R1, request(3)), wished(0, 12, R1, request(4))));

        assertThat(page.states())
                .isEqualTo(Map.of(R1, waiting(request(1).and(request(2)).and(request(4)))));
        assertThat(page.positions()).isEqualTo(Map.of(0, 13L));
        assertThat(page.results().get(1)).isEmpty();
    }

    @Test
    void shouldMoveOnPastARefreshThatIsNoNews() {
        var page = book.write(List.of(wished(0, 10, R1, request(1))));

        assertThat(page.durable()).isEmpty();
        assertThat(page.positions()).isEqualTo(Map.of(0, 11L));
        assertThat(page.isBlank()).isFalse();
    }

    @Test
    void shouldIgnoreARecordOfAPartitionThatIsAnothers() {
        var page = book.write(List.of(wished(7, 10, R2, request(2))));

        assertThat(page.isBlank()).isTrue();
        assertThat(page.results()).containsExactly(Optional.empty());
    }

    @Test
    void shouldWriteEntriesUponEachOther() {
        var page = book.write(List.of(
                wished(0, 10, R1, request(2)),
                step(R1, Waiting.class, waiting -> waiting.posting(NOON, NOON)),
                wished(0, 11, R1, request(3)),
                step(R1, Posting.class, posting -> posting.accepted(R1, RUN, NOON, PACE))));

        var running = page.state(new StagedTransaction.Place(0, R1)).ifRunning().orElseThrow();
        assertThat(running.request()).isEqualTo(request(1).and(request(2)));
        assertThat(running.next()).contains(request(3));
        assertThat(page.told())
                .extracting(RunEvent::changes)
                .containsExactly(running.request().causes());
        assertThat(page.told().get(0)).isInstanceOf(RunAccepted.class);
        assertThat(page.results())
                .extracting(result -> result.orElseThrow().name())
                .containsExactly("waiting", "posting", "posting", "running");
    }

    @Test
    void shouldTieAStepToThePositionOfItsPartition() {
        var page = book.write(List.of(step(R1, Waiting.class, waiting -> waiting.posting(NOON, NOON))));

        assertThat(page.positions())
                .as("which Kafka checks the generation with")
                .isEqualTo(Map.of(0, 10L));
    }

    @Test
    void shouldSaveNothingForALightStep() {
        book.keep(book.write(List.of(step(R1, Waiting.class, waiting -> waiting.posting(NOON, NOON)))));

        var page = book.write(List.of(step(R1, Posting.class, posting -> posting.notListed(NOON, PACE))));
        book.keep(page);

        assertThat(page.isBlank()).isTrue();
        assertThat(state(R1).step().orElseThrow().due()).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void shouldComeToNothingWhereTheReportStandsElsewhere() {
        var page = book.write(List.of(step(R1, Posting.class, posting -> posting.notTaken(NOON))));

        assertThat(page.results()).containsExactly(Optional.empty());
        assertThat(page.isBlank()).isTrue();
    }

    @Test
    void shouldComeToNothingForAReportOfNoOwnedPartition() {
        var page = book.write(List.of(step(R2, Waiting.class, waiting -> waiting.posting(NOON, NOON))));

        assertThat(page.results()).containsExactly(Optional.empty());
        assertThat(page.isBlank()).isTrue();
    }

    @Test
    void shouldPassOnWhatBelongsElsewhere() {
        var record = new ProducerRecord<byte[], byte[]>("dlq", new byte[0]);

        var page = book.write(List.of(
                new LedgerEntry.Forwarded(0, 10, record, record), new LedgerEntry.Forwarded(0, 10, record, record)));

        assertThat(page.forwarded()).containsExactly(record);
        assertThat(page.positions()).isEqualTo(Map.of(0, 11L));
        assertThat(page.isBlank()).isFalse();
    }

    @Test
    void shouldChangeNothingUntilThePageIsKept() {
        var entry = wished(0, 10, R1, request(2));

        var lost = book.write(List.of(entry));
        var again = book.write(List.of(entry));
        book.keep(again);
        var duplicate = book.write(List.of(entry));

        assertThat(again.states()).isEqualTo(lost.states());
        assertThat(duplicate.isBlank()).isTrue();
        assertThat(state(R1)).isEqualTo(waiting(request(1).and(request(2))));
    }

    @Test
    void shouldForgetAPartitionThatWasTakenAway() {
        book.close(0);

        assertThat(book.has(0)).isFalse();
        assertThatThrownBy(() -> book.partitionOf(R1)).hasMessage("acme/r1");
        assertThat(book.write(List.of(wished(0, 10, R1, request(2)))).isBlank()).isTrue();
    }

    @Test
    void shouldBelieveWhatWasRestored() {
        book.open(0, Map.of(R2, new Settled(ReportHistory.EMPTY, NOON)), 50);

        var page = book.write(List.of(
                wished(0, 49, R2, request(2)), step(R1, Waiting.class, waiting -> waiting.posting(NOON, NOON))));

        assertThat(page.isBlank()).isTrue();
        assertThat(state(R2)).isEqualTo(new Settled(ReportHistory.EMPTY, NOON));
    }

    /** Where a report stands, as a step would find it. */
    private ReportState state(ReportKey report) {
        var states = new ArrayList<ReportState>();
        book.write(List.of(new LedgerEntry.StateChange(report, state -> {
            states.add(state);
            return Optional.empty();
        })));
        return states.get(0);
    }

    private static <S extends ReportState> LedgerEntry step(
            ReportKey report, Class<S> from, Function<S, Transition> step) {
        return new LedgerEntry.StateChange(report, state -> Optional.of(state)
                .filter(from::isInstance)
                .map(from::cast)
                .map(step));
    }

    private static Waiting waiting(RefreshRequest request) {
        return new Waiting(request, NOON, Attempts.NONE, ReportHistory.EMPTY);
    }

    private static LedgerEntry.Refresh wished(int partition, long offset, ReportKey report, RefreshRequest request) {
        return new LedgerEntry.Refresh(partition, offset, report, request, () -> {
            throw new AssertionError("a book has room for all");
        });
    }

    private static RefreshRequest request(int change) {
        var cause = new ChangeRef("/etl", "load-" + change, NOON.minusSeconds(change), null);
        return new RefreshRequest(new TreeSet<>(List.of("d" + change)), ChangeRefs.of(cause), NOON);
    }
}
