package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A refresh that the memory has no room for is kept as a dead letter, and those beside it go through. */
class LedgerWriterTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int REFRESHES = 20;
    private static final int LARGE = 7;

    /** Knows what the scribe tells, and needs none of it. */
    private static final class Deaf implements LedgerListener {
        @Override
        public void joined(String member, Set<Integer> partitions) {}

        @Override
        public void restored(int partition, Map<ReportKey, ReportState> states) {}

        @Override
        public void moved(int partition, ReportKey report, ReportState state) {}

        @Override
        public void told(RunEvent event) {}

        @Override
        public CompletionStage<Void> leaving(Set<Integer> partitions) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void left(Set<Integer> partitions) {}
    }

    private final LedgerTopics kafka = new LedgerTopics();
    private final BlockingQueue<WriterCommand> tasks = new LinkedBlockingQueue<>();
    private final LedgerWriter scribe = new LedgerWriter(tasks, kafka.journal(), 1_000, new Deaf(), this::restored);

    @BeforeEach
    void create() {
        kafka.create("refresh-requested", 1, Map.of());
        kafka.create("report-refreshes", 1, Map.of("max.message.bytes", "20000"));
        kafka.create("upstream-data-changed-dlq", 1, Map.of());
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    /** Nothing was there. */
    private void restored(Map<Integer, Integer> assignments) {
        tasks.add(new WriterCommand.Restored(assignments, Map.of(0, new ChangelogReader.Found(Map.of(), 0))));
    }

    private LedgerEntry wished(int number) {
        var report = new ReportKey("acme", "4e9047%06d".formatted(number));
        var request =
                new RefreshRequest(new TreeSet<>(List.of("da7a5e700001")), causes(number == LARGE ? 200 : 1), NOON);
        var letter = new ProducerRecord<byte[], byte[]>(
                kafka.name("upstream-data-changed-dlq"),
                Integer.toString(number).getBytes(StandardCharsets.UTF_8),
                new byte[0]);
        return new LedgerEntry.Refresh(
                0, number, report, request, () -> new LedgerEntry.Forwarded(0, number, letter, letter));
    }

    /** No compression makes them small. */
    private static ChangeRefs causes(int count) {
        var random = new Random(count);
        return ChangeRefs.of(IntStream.range(0, count)
                .mapToObj(n -> new ChangeRef("/etl", random(random), NOON, null))
                .toList());
    }

    private static String random(Random random) {
        return random.ints(400, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void shouldKeepWhatIsTooLargeAndWriteTheRest() {
        try (var member = kafka.member()) {
            LedgerTopics.awaitPartitions(1, List.of(member));
            var done = new CompletableFuture<List<Optional<ReportState>>>();
            tasks.add(new WriterCommand.Assigned(Set.of(0), member.groupMetadata()));
            tasks.add(new WriterCommand.Write(
                    IntStream.range(0, REFRESHES).mapToObj(this::wished).toList(), done));
            Ledger.daemon("scribe", scribe);

            var results = done.orTimeout(60, TimeUnit.SECONDS).join();

            assertThat(IntStream.range(0, REFRESHES).filter(n -> results.get(n).isEmpty()))
                    .containsExactly(LARGE);
            assertThat(kafka.read("report-refreshes")).hasSize(REFRESHES - 1);
            assertThat(kafka.read("upstream-data-changed-dlq"))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.key()).asString().isEqualTo(Integer.toString(LARGE)));
            var input = new TopicPartition(kafka.name("refresh-requested"), 0);
            assertThat(member.committed(Set.of(input), Duration.ofSeconds(30)).get(input))
                    .satisfies(committed -> assertThat(committed.offset()).isEqualTo(REFRESHES));
            stop();
        }
    }

    private void stop() {
        var stopped = new CompletableFuture<Void>();
        tasks.add(new WriterCommand.Stop(stopped));
        stopped.orTimeout(30, TimeUnit.SECONDS).join();
    }
}
