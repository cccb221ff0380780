package io.freshet.ledger;

import static io.freshet.ledger.Entries.ACME;
import static io.freshet.ledger.Entries.GLOBEX;
import static io.freshet.ledger.Entries.INITECH;
import static io.freshet.ledger.Entries.R1;
import static io.freshet.ledger.Entries.R2;
import static io.freshet.ledger.Entries.change;
import static io.freshet.ledger.Entries.empty;
import static io.freshet.ledger.Entries.key;
import static io.freshet.ledger.Entries.opened;
import static io.freshet.ledger.Entries.planned;
import static io.freshet.ledger.Entries.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.event.BatchKey;
import io.freshet.ledger.TransactionLog.CommitResult;
import io.freshet.state.ReportState;
import io.freshet.state.RequestLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What one owner has written is what the next one reads. */
@Execution(ExecutionMode.CONCURRENT)
class ChangelogReaderTest {

    private final LedgerTopics kafka = new LedgerTopics();

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void shouldReadBackAllThatIsKnown() {
        kafka.create("freshet-inbox", 3, Map.of());
        fillInbox(ACME, 3);
        fillInbox(INITECH, 7);
        kafka.create("freshet-state", 3, Map.of("cleanup.policy", "compact"));
        kafka.create("change-planned", 1, Map.of());
        kafka.create("change-settled", 1, Map.of());
        new StateLayout(LedgerTopics.settings(), kafka.names()).partitions(3);
        var left = new RequestLimit.HandedOver(List.of(Duration.ofSeconds(4)), Duration.ZERO);
        try (var member = kafka.member();
                var writer = kafka.writer()) {
            LedgerTopics.awaitPartitions(3, List.of(member));
            var store = new StateStore(Entries.PARTITIONS);
            store.open(ACME, empty(0));
            store.open(INITECH, empty(7));
            for (var entries : List.of(
                    List.<LedgerEntry>of(
                            opened("acme", 0, "a"),
                            opened("acme", 1, "b"),
                            opened("acme", 2, "c"),
                            new LedgerEntry.LimitSaved("initech", new RequestLimit.Calling())),
                    List.<LedgerEntry>of(
                            planned("acme", "a", R1, R2),
                            planned("acme", "c"),
                            new LedgerEntry.LimitSaved("initech", left)))) {
                var staged = store.stage(entries, Set.of(), Entries.NOON);
                assertThat(writer.write(staged, member.groupMetadata())).isEqualTo(new CommitResult.Committed());
                store.apply(staged);
            }
        }
        write("acme/reports/r2", "written by a later version");
        write("acme/elsewhere/r3", "of somebody else");
        var percents = new ArrayList<Integer>();

        var found = kafka.reader()
                .read(Set.of(ACME, GLOBEX, INITECH), listener(percents))
                .toCompletableFuture()
                .join();

        var acme = requireNonNull(found.get(ACME));
        var waiting = ReportState.unknown().merge(request(1, "a"));
        assertThat(acme.reports()).as("of r2 no earlier record counts").isEqualTo(Map.of(R1, waiting));
        assertThat(acme.changes()).containsOnlyKeys(key("acme", "a"), key("acme", "b"));
        assertThat(acme.unplanned()).containsExactly(change("acme", "b"));
        assertThat(acme.batches()).containsOnlyKeys(new BatchKey("acme", 1));
        assertThat(acme.remembered().get("acme")).singleElement().satisfies(batch -> {
            assertThat(batch.number()).isEqualTo(2);
            assertThat(batch.digests()).containsExactly(key("acme", "c").digest());
        });
        assertThat(acme.quarantined()).containsExactly("acme/reports/r2");
        assertThat(acme.position()).isEqualTo(3);
        assertThat(found.get(INITECH))
                .as("the layout is nobody's")
                .isEqualTo(new RestoredPartition(
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of("initech", left),
                        Set.of(),
                        7));
        assertThat(found.get(GLOBEX)).as("nothing was ever there").isEqualTo(empty(0));
        assertThat(percents).isNotEmpty().allMatch(percent -> percent >= 0 && percent <= 100);
    }

    /** The offsets that were committed for the old one are not in the new one. */
    @Test
    void shouldBeginAtTheBeginningOfAnInboxThatWasMadeAnew() {
        kafka.create("freshet-inbox", 3, Map.of());
        kafka.create("freshet-state", 3, Map.of("cleanup.policy", "compact"));
        try (var member = kafka.member()) {
            LedgerTopics.awaitPartitions(3, List.of(member));
            member.commitSync(Map.of(
                    new TopicPartition(kafka.name("freshet-inbox"), ACME), new OffsetAndMetadata(500),
                    new TopicPartition(kafka.name("freshet-inbox"), GLOBEX), new OffsetAndMetadata(0)));
        }

        var found = kafka.reader()
                .read(Set.of(ACME, GLOBEX), listener(new ArrayList<>()))
                .toCompletableFuture()
                .join();

        assertThat(found).isEqualTo(Map.of(ACME, empty(0), GLOBEX, empty(0)));
    }

    /**
     * Who was stopped after it had sent its offsets, and before its records: these come when it goes on, and are committed. The
     * admin client leaves such a partition out of its answer.
     */
    @Test
    void shouldWaitForATransactionOfWhichOnlyTheOffsetsHaveCome() throws Exception {
        kafka.create("freshet-inbox", 3, Map.of());
        kafka.create("freshet-state", 3, Map.of("cleanup.policy", "compact"));
        fillInbox(ACME, 7);
        try (var member = kafka.member();
                var former = kafka.transactional("former")) {
            LedgerTopics.awaitPartitions(3, List.of(member));
            former.beginTransaction();
            former.sendOffsetsToTransaction(
                    Map.of(new TopicPartition(kafka.name("freshet-inbox"), ACME), new OffsetAndMetadata(7)),
                    member.groupMetadata());

            var read = kafka.reader()
                    .read(Set.of(ACME, GLOBEX), listener(new ArrayList<>()))
                    .toCompletableFuture();
            assertThatThrownBy(() -> read.get(2, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            var limit = new StateKey.OfLimit("acme").text().getBytes(UTF_8);
            var ignored = former.send(new ProducerRecord<>(
                    kafka.name("freshet-state"), ACME, limit, RequestLimitJson.write(new RequestLimit.Calling())));
            former.commitTransaction();

            var found = requireNonNull(read.join().get(ACME));
            assertThat(found.position()).isEqualTo(7);
            assertThat(found.limits()).containsOnlyKeys("acme");
        }
    }

    private static StateReader.Listener listener(List<Integer> percents) {
        return new StateReader.Listener() {
            @Override
            public void at(int percent) {
                percents.add(percent);
            }

            @Override
            public void waits(String cause) {
                throw new AssertionError(cause);
            }
        };
    }

    private void fillInbox(int partition, int records) {
        for (var n = 0; n < records; n++) {
            kafka.send(new ProducerRecord<>(kafka.name("freshet-inbox"), partition, null, new byte[0]));
        }
    }

    private void write(String key, String value) {
        kafka.send(new ProducerRecord<>(kafka.name("freshet-state"), ACME, key.getBytes(UTF_8), value.getBytes(UTF_8)));
    }
}
