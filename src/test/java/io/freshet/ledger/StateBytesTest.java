package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.Presentations;
import io.freshet.event.RecordPlace;
import io.freshet.event.ReportKey;
import io.freshet.event.Target;
import io.freshet.event.Topics;
import io.freshet.event.Traces;
import io.freshet.event.WorkspacePartitions;
import io.freshet.state.Posting;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportState;
import io.freshet.state.Run;
import io.freshet.state.Running;
import io.freshet.state.TrackingPolicy;
import io.freshet.state.Transition;
import io.freshet.state.Waiting;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How much is written for 1,000 changes of one source with 10,000 reports. */
@Execution(ExecutionMode.CONCURRENT)
class StateBytesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int CHANGES = 1_000;
    private static final int REPORTS = 10_000;
    private static final int ENTRIES = 500;
    private static final Topics TOPICS =
            new SmallRyeConfigBuilder().withMapping(Topics.class).build().getConfigMapping(Topics.class);
    private static final WorkspacePartitions ONE = new WorkspacePartitions(1);
    private static final TrackingPolicy PACE = new TrackingPolicy(
            Duration.ofSeconds(2),
            Duration.ofMinutes(1),
            Duration.ofDays(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            5,
            Duration.ofMinutes(10));

    private final StateStore store = new StateStore(ONE);
    private final TransactionRecords records =
            new TransactionRecords(TOPICS, ONE, Presentations.WITH_NAMES, new LedgerMetrics(new SimpleMeterRegistry()));
    private long stateBytes;
    private int largestTransaction;
    private int settled;

    @Test
    void shouldWriteLittleMoreThanTheRunsThemselvesNeed() {
        store.open(0, new PartitionImage().restored(0));
        inPages(CHANGES, n -> new LedgerEntry.Opened(0, n, change(n)));
        write(List.of(planned()));
        var untilPlanned = stateBytes;
        inPages(REPORTS, n -> step(n, Waiting.class, (report, waiting) -> waiting.posting(NOON, NOON)));
        inPages(
                REPORTS,
                n -> step(
                        n,
                        Posting.class,
                        (report, posting) -> posting.accepted(report, run(n, Run.Status.OPEN), NOON, PACE)));
        inPages(
                REPORTS,
                n -> step(
                        n,
                        Running.class,
                        (report, running) ->
                                running.seen(report, run(n, Run.Status.SUCCEEDED), Optional.empty(), NOON, PACE)));
        var runs = stateBytes - untilPlanned;

        System.out.printf(
                "freshet.state.bytes: %,d, of these %,d for %,d runs; the largest transaction has %,d, compressed%n",
                stateBytes, runs, REPORTS, largestTransaction);
        assertThat(settled).isEqualTo(CHANGES);
        assertThat(stateBytes).as("bytes of the state topic").isLessThan(3 * runs);
        assertThat(largestTransaction).as("bytes of the largest transaction").isLessThan(2 << 20);
    }

    private void inPages(int count, IntFunction<LedgerEntry> entry) {
        for (var from = 0; from < count; from += ENTRIES) {
            write(IntStream.range(from, Math.min(count, from + ENTRIES))
                    .mapToObj(entry)
                    .toList());
        }
    }

    /** What is left of a batch that is over follows at once, as with the writer. */
    private void write(List<LedgerEntry> entries) {
        var staged = store.stage(entries, Set.of(), NOON);
        assertThat(staged.results()).extracting(EntryResult::failure).containsOnlyNulls();
        var made = records.of(staged, new HashSet<>()).stream()
                .map(StagedTransaction.OfEntry::what)
                .toList();
        made.stream()
                .filter(record -> record.topic().equals(TOPICS.state()))
                .forEach(record -> stateBytes += size(record.key()) + size(record.value()));
        largestTransaction = Math.max(largestTransaction, compressed(made));
        settled += (int) staged.toldOfBatches().stream()
                .filter(told -> told.what().<Boolean>fold(planned -> false, one -> true))
                .count();
        store.apply(staged);
        staged.unfinished().forEach(batch -> write(List.of(new LedgerEntry.Settle(batch))));
    }

    private static int size(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static int compressed(List<ProducerRecord<byte[], byte[]>> made) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            for (var record : made) {
                gzip.write(record.key());
                gzip.write(record.value() == null ? new byte[0] : record.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.size();
    }

    private static Change change(int n) {
        return new Change(
                "acme",
                new Target.DataSource("5a1d3f0b7c2e"),
                new ChangeRef("/etl/orders", "load-" + n, NOON.minusSeconds(60), "hourly load", "5a1d3f0b7c2e"),
                Traces.none(),
                new RecordPlace("upstream-data-changed", 0, n, NOON));
    }

    private static ReportKey report(int n) {
        return new ReportKey("acme", "%012x".formatted(n * 7_919_777L));
    }

    private static LedgerEntry planned() {
        var requests = new LinkedHashMap<ReportKey, RefreshRequest>();
        for (var n = 0; n < REPORTS; n++) {
            requests.put(
                    report(n),
                    new RefreshRequest(
                            new TreeSet<>(List.of("c0ffee000001", "c0ffee000002")), ChangeRefs.none(), NOON));
        }
        return new LedgerEntry.Planned(
                "acme",
                new Target.DataSource("5a1d3f0b7c2e"),
                IntStream.range(0, CHANGES)
                        .mapToObj(n -> ChangeKey.of(change(n)))
                        .toList(),
                requests,
                Map.of(),
                List.of("c0ffee000001", "c0ffee000002"),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Traces.none());
    }

    private static <S extends ReportState> LedgerEntry step(
            int n, Class<S> from, BiFunction<ReportKey, S, Transition> step) {
        return new LedgerEntry.StateChange(report(n), state -> Optional.of(step.apply(report(n), from.cast(state))));
    }

    private static Run run(int n, Run.Status status) {
        var ended = status == Run.Status.OPEN ? Optional.<Instant>empty() : Optional.of(NOON.plusSeconds(9));
        return new Run(
                "%012x".formatted(n * 104_729L),
                status.name(),
                status,
                Optional.of(NOON),
                ended,
                Optional.of("/api/acme_api"),
                Optional.empty());
    }
}
