package io.freshet.ledger;

import static io.freshet.ledger.Entries.ACME;
import static io.freshet.ledger.Entries.R1;
import static io.freshet.ledger.Entries.R2;
import static io.freshet.ledger.Entries.accepted;
import static io.freshet.ledger.Entries.empty;
import static io.freshet.ledger.Entries.key;
import static io.freshet.ledger.Entries.opened;
import static io.freshet.ledger.Entries.planned;
import static io.freshet.ledger.Entries.posting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.event.Change;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.ledger.TransactionLog.CommitResult;
import io.freshet.state.RefreshRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A transaction of the ledger's on a real broker: all of it or nothing, and nothing by a replica that lost its partitions. */
@Execution(ExecutionMode.CONCURRENT)
class TransactionWriterTest {

    private static final int LARGEST = 20_000;

    private final LedgerTopics kafka = new LedgerTopics();
    private final TransactionWriter writer = kafka.writer();
    private final StateStore store = new StateStore(Entries.PARTITIONS);

    @BeforeEach
    void create() {
        kafka.create("freshet-inbox", 3, Map.of());
        kafka.create("freshet-state", 3, Map.of("max.message.bytes", Integer.toString(LARGEST)));
        kafka.create("upstream-data-changed-dlq", 1, Map.of());
        kafka.create("change-planned", 1, Map.of());
        kafka.create("change-settled", 1, Map.of());
        kafka.create("run-accepted", 1, Map.of());
        kafka.create("lineage", 1, Map.of("max.message.bytes", "2000"));
        store.open(ACME, empty(0));
    }

    @AfterEach
    void close() {
        writer.close();
        kafka.close();
    }

    private StagedTransaction stage(LedgerEntry... entries) {
        return store.stage(List.of(entries), Set.of(), Entries.NOON);
    }

    private List<String> keys() {
        return kafka.read("freshet-state").stream()
                .map(record -> record.partition() + " " + new String(record.key(), UTF_8))
                .toList();
    }

    @Test
    void shouldWriteStatesTombstonesEventsAndTheOffsetTogether() {
        try (var member = kafka.member()) {
            LedgerTopics.awaitPartitions(3, List.of(member));
            store.apply(stage(opened("acme", 0, "a")));
            var staged = stage(opened("acme", 1, "b"), planned("acme", "b", R1), planned("acme", "a"));

            assertThat(writer.write(staged, member.groupMetadata())).isEqualTo(new CommitResult.Committed());

            await().untilAsserted(() -> assertThat(keys()).hasSize(5)); // the markers follow the commit
            assertThat(kafka.read("freshet-state"))
                    .allSatisfy(record -> assertThat(record.partition()).isEqualTo(ACME));
            assertThat(keys())
                    .containsExactlyInAnyOrder(
                            "2 acme/changes/" + key("acme", "b").hex(),
                            "2 acme/reports/r1",
                            "2 acme/batches/1",
                            "2 acme/changes/" + key("acme", "a").hex(),
                            "2 acme/batches/2");
            assertThat(kafka.read("freshet-state"))
                    .filteredOn(record -> record.value() == null)
                    .singleElement()
                    .satisfies(tombstone -> assertThat(new String(tombstone.key(), UTF_8))
                            .endsWith(key("acme", "a").hex()));
            await().untilAsserted(() -> assertThat(kafka.read("change-planned"))
                    .extracting(record -> new String(record.key(), UTF_8))
                    .containsExactly("acme", "acme"));
            await().untilAsserted(() -> assertThat(kafka.read("change-settled"))
                    .extracting(record -> new String(record.key(), UTF_8))
                    .containsExactly("acme"));
            assertThat(kafka.committed(member, ACME)).isEqualTo(2);
        }
    }

    @Test
    void shouldNameWhatIsTooLargeAndWriteTheRestWithoutIt() {
        try (var member = kafka.member()) {
            LedgerTopics.awaitPartitions(3, List.of(member));
            var entries = new ArrayList<LedgerEntry>();
            IntStream.range(0, 20).forEach(n -> entries.add(opened("acme", n, "load-" + n)));
            entries.set(7, new LedgerEntry.Opened(ACME, 7, large()));

            assertThat(writer.write(store.stage(entries, Set.of(), Entries.NOON), member.groupMetadata()))
                    .isEqualTo(new CommitResult.Refused(Set.of(Origin.of(7))));
            assertThat(keys()).isEmpty();

            assertThat(writer.write(store.stage(entries, Set.of(Origin.of(7)), Entries.NOON), member.groupMetadata()))
                    .isEqualTo(new CommitResult.Committed());
            await().untilAsserted(() -> assertThat(keys()).hasSize(19));
            await().untilAsserted(() ->
                    assertThat(kafka.read("upstream-data-changed-dlq")).hasSize(1));
            assertThat(kafka.committed(member, ACME)).isEqualTo(20);
        }
    }

    @Test
    void shouldNameTheOneReportOfAPlanThatIsTooLarge() {
        try (var member = kafka.member()) {
            LedgerTopics.awaitPartitions(3, List.of(member));
            var tokens = tokens(2_600);
            var before = planned("acme", "a", R2);
            before.requests().put(R2, naming(tokens.subList(0, 1_300)));
            store.apply(stage(opened("acme", 0, "a"), opened("acme", 1, "b"), before));
            var planned = planned("acme", "b", R1, R2);
            planned.requests().put(R2, naming(tokens.subList(1_300, 2_600)));
            var tooLarge = Set.of(Origin.of(0).of(R2));

            assertThat(writer.write(stage(planned), member.groupMetadata()))
                    .isEqualTo(new CommitResult.Refused(tooLarge));

            assertThat(writer.write(store.stage(List.of(planned), tooLarge, Entries.NOON), member.groupMetadata()))
                    .isEqualTo(new CommitResult.Committed());
            await().untilAsserted(() -> assertThat(keys()).contains("2 acme/reports/r1", "2 acme/batches/2"));
            assertThat(keys()).doesNotContain("2 acme/reports/r2");
        }
    }

    private static RefreshRequest naming(List<String> datasets) {
        return new RefreshRequest(new TreeSet<>(datasets), ChangeRefs.none(), Entries.NOON);
    }

    /** Two reports that are about to be run: the second one with so many datasets that OpenLineage's topic doesn't take them. */
    private void twoArePosted() {
        var planned = planned("acme", "a", R1, R2);
        var many = new RefreshRequest(new TreeSet<>(tokens(500)), ChangeRefs.none(), Entries.NOON);
        planned.requests().put(R2, many);
        store.apply(stage(opened("acme", 0, "a"), planned, posting(R1), posting(R2)));
    }

    private static List<String> tokens(int many) {
        var random = new Random(1);
        return Stream.generate(() -> Long.toString(random.nextLong(1L << 60), 36))
                .limit(many)
                .toList();
    }

    @Test
    void shouldLeaveOutLineageThatIsTooLargeAndWriteTheRest() {
        try (var member = kafka.member()) {
            LedgerTopics.awaitPartitions(3, List.of(member));
            twoArePosted();

            assertThat(writer.write(
                            stage(accepted(R1, "run1"), accepted(R2, "run2"), opened("acme", 1, "b")),
                            member.groupMetadata()))
                    .isEqualTo(new CommitResult.Committed());

            await().untilAsserted(() -> assertThat(keys()).hasSize(3));
            await().untilAsserted(() -> assertThat(kafka.read("run-accepted"))
                    .extracting(record -> new String(record.key(), UTF_8))
                    .containsExactly("acme/r1", "acme/r2"));
            await().untilAsserted(() -> assertThat(kafka.read("lineage"))
                    .extracting(record -> new String(record.key(), UTF_8))
                    .containsExactly("run:mode://app.mode.com/acme/reports.r1"));
            assertThat(kafka.metrics
                            .get("freshet.lineage.left.out")
                            .tag("reason", "too_large")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(kafka.committed(member, ACME)).isEqualTo(2);
        }
    }

    @Test
    void shouldNameOnlyWhatTheEntriesThemselvesAreTooLargeFor() {
        try (var member = kafka.member()) {
            LedgerTopics.awaitPartitions(3, List.of(member));
            twoArePosted();
            var entries = List.<LedgerEntry>of(accepted(R2, "run2"), new LedgerEntry.Opened(ACME, 1, large()));

            assertThat(writer.write(store.stage(entries, Set.of(), Entries.NOON), member.groupMetadata()))
                    .isEqualTo(new CommitResult.Refused(Set.of(Origin.of(1))));
            assertThat(writer.write(store.stage(entries, Set.of(Origin.of(1)), Entries.NOON), member.groupMetadata()))
                    .isEqualTo(new CommitResult.Committed());

            await().untilAsserted(() -> assertThat(kafka.read("run-accepted")).hasSize(1));
            assertThat(kafka.read("lineage")).isEmpty();
        }
    }

    @Test
    void shouldBeRefusedInAnEarlierGeneration() {
        try (var member = kafka.member();
                var another = kafka.member()) {
            LedgerTopics.awaitPartitions(3, List.of(member));
            var earlier = member.groupMetadata();
            LedgerTopics.awaitPartitions(3, List.of(member, another));

            assertThat(writer.write(stage(opened("acme", 0, "a")), earlier))
                    .isEqualTo(new CommitResult.GenerationPassed());

            assertThat(keys()).isEmpty();
            assertThat(writer.write(stage(opened("acme", 0, "a")), member.groupMetadata()))
                    .as("the writer goes on")
                    .isEqualTo(new CommitResult.Committed());
        }
    }

    @Test
    void shouldBeRefusedIfItIsNoMemberAnyMore() {
        try (var member = kafka.member()) {
            LedgerTopics.awaitPartitions(3, List.of(member));
            var gone = member.groupMetadata();
            member.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));

            assertThat(writer.write(stage(opened("acme", 0, "a")), gone))
                    .isEqualTo(new CommitResult.GenerationPassed());

            assertThat(keys()).isEmpty();
        }
    }

    /** No compression makes it small. */
    private static Change large() {
        var change = Entries.change("acme", "large");
        var noise = new Random(1)
                .ints(2 * LARGEST, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        var ref = new ChangeRef("/etl", "large", Entries.NOON, noise, "5a1d");
        return new Change("acme", change.target(), ref, change.traces(), change.place());
    }
}
