package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.event.Cause;
import io.freshet.event.Causes;
import io.freshet.event.ReportKey;
import io.freshet.event.RunAccepted;
import io.freshet.event.RunEvent;
import io.freshet.refresh.Attempts;
import io.freshet.refresh.Memory;
import io.freshet.refresh.Pace;
import io.freshet.refresh.Posting;
import io.freshet.refresh.Run;
import io.freshet.refresh.Settled;
import io.freshet.refresh.Standing;
import io.freshet.refresh.Transition;
import io.freshet.refresh.Waiting;
import io.freshet.refresh.Wish;
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

class BookTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ReportKey R1 = new ReportKey("acme", "r1");
    private static final ReportKey R2 = new ReportKey("acme", "r2");
    private static final Pace PACE = new Pace(
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
            Run.Verdict.OPEN,
            Optional.of(NOON),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Owns partition 0, with R1 waiting, and is at offset 10. */
    private final Book book = new Book();

    BookTest() {
        book.open(0, Map.of(R1, waiting(wish(1))), 10);
    }

    @Test
    void shouldMergeARefreshAndMoveOn() {
        var page = book.write(List.of(wished(0, 10, R1, wish(2))));

        assertThat(page.results()).containsExactly(Optional.of(waiting(wish(1).and(wish(2)))));
        assertThat(page.durable()).containsExactly(new Page.Place(0, R1));
        assertThat(page.positions()).isEqualTo(Map.of(0, 11L));
        assertThat(page.told()).isEmpty();
    }

    @Test
    void shouldBeginWithAReportThatNobodyHasHeardOf() {
        var page = book.write(List.of(wished(0, 10, R2, wish(2))));
        book.keep(page);

        assertThat(page.results().get(0).orElseThrow().name()).isEqualTo("waiting");
        assertThat(book.partitionOf(R2)).isZero();
    }

    @Test
    void shouldTakeTheStepOfARefreshThatMayLeaveAtOnce() {
        var page = book.write(List.of(wished(0, 10, R2, wish(2)).with(waiting -> waiting.posting(NOON, NOON))));

        var posting = page.results().get(0).flatMap(Standing::ifPosting).orElseThrow();
        assertThat(posting.wish()).isEqualTo(wish(2));
        assertThat(page.standing(new Page.Place(0, R2))).isEqualTo(posting);
        assertThat(page.durable()).containsExactly(new Page.Place(0, R2));
    }

    @Test
    void shouldTakeNoStepAtOnceOfARefreshThatIsNoNews() {
        var page = book.write(List.of(
                step(R1, Waiting.class, waiting -> waiting.posting(NOON, NOON)),
                wished(0, 10, R1, wish(1)).with(waiting -> {
                    throw new AssertionError("it is on its way");
                })));

        assertThat(page.results().get(1).flatMap(Standing::ifPosting)).isPresent();
    }

    @Test
    void shouldIgnoreARecordThatWasReadBefore() {
        var page = book.write(List.of(wished(0, 9, R1, wish(2))));

        assertThat(page.isBlank()).isTrue();
        assertThat(page.results()).containsExactly(Optional.empty());
    }

    @Test
    void shouldIgnoreARecordThatIsTwiceOnThePage() {
        var page =
                book.write(List.of(wished(0, 10, R1, wish(2)), wished(0, 10, R1, wish(3)), wished(0, 12, R1, wish(4))));

        assertThat(page.standings())
                .isEqualTo(Map.of(R1, waiting(wish(1).and(wish(2)).and(wish(4)))));
        assertThat(page.positions()).isEqualTo(Map.of(0, 13L));
        assertThat(page.results().get(1)).isEmpty();
    }

    @Test
    void shouldMoveOnPastARefreshThatIsNoNews() {
        var page = book.write(List.of(wished(0, 10, R1, wish(1))));

        assertThat(page.durable()).isEmpty();
        assertThat(page.positions()).isEqualTo(Map.of(0, 11L));
        assertThat(page.isBlank()).isFalse();
    }

    @Test
    void shouldIgnoreARecordOfAPartitionThatIsAnothers() {
        var page = book.write(List.of(wished(7, 10, R2, wish(2))));

        assertThat(page.isBlank()).isTrue();
        assertThat(page.results()).containsExactly(Optional.empty());
    }

    @Test
    void shouldWriteEntriesUponEachOther() {
        var page = book.write(List.of(
                wished(0, 10, R1, wish(2)),
                step(R1, Waiting.class, waiting -> waiting.posting(NOON, NOON)),
                wished(0, 11, R1, wish(3)),
                step(R1, Posting.class, posting -> posting.accepted(R1, RUN, NOON, PACE))));

        var running = page.standing(new Page.Place(0, R1)).ifRunning().orElseThrow();
        assertThat(running.wish()).isEqualTo(wish(1).and(wish(2)));
        assertThat(running.next()).contains(wish(3));
        assertThat(page.told())
                .extracting(RunEvent::changes)
                .containsExactly(running.wish().causes());
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
        assertThat(standing(R1).step().orElseThrow().due()).isEqualTo(NOON.plusSeconds(2));
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

        var page = book.write(
                List.of(new Entry.PassedOn(0, 10, record, record), new Entry.PassedOn(0, 10, record, record)));

        assertThat(page.passedOn()).containsExactly(record);
        assertThat(page.positions()).isEqualTo(Map.of(0, 11L));
        assertThat(page.isBlank()).isFalse();
    }

    @Test
    void shouldChangeNothingUntilThePageIsKept() {
        var entry = wished(0, 10, R1, wish(2));

        var lost = book.write(List.of(entry));
        var again = book.write(List.of(entry));
        book.keep(again);
        var duplicate = book.write(List.of(entry));

        assertThat(again.standings()).isEqualTo(lost.standings());
        assertThat(duplicate.isBlank()).isTrue();
        assertThat(standing(R1)).isEqualTo(waiting(wish(1).and(wish(2))));
    }

    @Test
    void shouldForgetAPartitionThatWasTakenAway() {
        book.close(0);

        assertThat(book.has(0)).isFalse();
        assertThatThrownBy(() -> book.partitionOf(R1)).hasMessage("acme/r1");
        assertThat(book.write(List.of(wished(0, 10, R1, wish(2)))).isBlank()).isTrue();
    }

    @Test
    void shouldBelieveWhatWasRestored() {
        book.open(0, Map.of(R2, new Settled(Memory.EMPTY, NOON)), 50);

        var page = book.write(
                List.of(wished(0, 49, R2, wish(2)), step(R1, Waiting.class, waiting -> waiting.posting(NOON, NOON))));

        assertThat(page.isBlank()).isTrue();
        assertThat(standing(R2)).isEqualTo(new Settled(Memory.EMPTY, NOON));
    }

    /** Where a report stands, as a step would find it. */
    private Standing standing(ReportKey report) {
        var standings = new ArrayList<Standing>();
        book.write(List.of(new Entry.Moved(report, standing -> {
            standings.add(standing);
            return Optional.empty();
        })));
        return standings.get(0);
    }

    private static <S extends Standing> Entry step(ReportKey report, Class<S> from, Function<S, Transition> step) {
        return new Entry.Moved(report, standing -> Optional.of(standing)
                .filter(from::isInstance)
                .map(from::cast)
                .map(step));
    }

    private static Waiting waiting(Wish wish) {
        return new Waiting(wish, NOON, Attempts.NONE, Memory.EMPTY);
    }

    private static Entry.Wished wished(int partition, long offset, ReportKey report, Wish wish) {
        return new Entry.Wished(partition, offset, report, wish, () -> {
            throw new AssertionError("a book has room for all");
        });
    }

    private static Wish wish(int change) {
        var cause = new Cause("/etl", "load-" + change, NOON.minusSeconds(change), null);
        return new Wish(new TreeSet<>(List.of("d" + change)), Causes.of(cause), NOON);
    }
}
