package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.ReportKey;
import io.freshet.ledger.TransactionWriter.CommitResult;
import io.freshet.state.RefreshRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever has lost its partitions can write nothing of their reports: the broker refuses the transaction. */
class TransactionWriterTest {

    private static final ReportKey REPORT = new ReportKey("acme", "4e9047000001");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final LedgerTopics kafka = new LedgerTopics();
    private final TransactionWriter journal = kafka.journal();

    @BeforeEach
    void create() {
        kafka.create("refresh-requested", 2, Map.of());
        kafka.create("report-refreshes", 2, Map.of());
    }

    @AfterEach
    void close() {
        journal.close();
        kafka.close();
    }

    /** A report begins to wait. */
    private static StagedTransaction page() {
        var book = new StateStore();
        book.open(0, Map.of(), 0);
        var causes = ChangeRefs.of(List.of(new ChangeRef("/etl", "load-1", NOON, null)));
        var request = new RefreshRequest(new TreeSet<>(List.of("da7a5e700001")), causes, NOON);
        return book.write(List.of(new LedgerEntry.Refresh(0, 0, REPORT, request, () -> {
            throw new AssertionError("it is small");
        })));
    }

    @Test
    void shouldWriteInTheGenerationOfToday() {
        try (var member = kafka.member()) {
            LedgerTopics.awaitPartitions(2, List.of(member));

            assertThat(journal.write(page(), member.groupMetadata())).isEqualTo(CommitResult.COMMITTED);

            assertThat(kafka.read("report-refreshes")).hasSize(1);
        }
    }

    @Test
    void shouldBeRefusedInAnEarlierGeneration() {
        try (var member = kafka.member();
                var another = kafka.member()) {
            LedgerTopics.awaitPartitions(2, List.of(member));
            var earlier = member.groupMetadata();
            LedgerTopics.awaitPartitions(1, List.of(member, another));

            assertThat(journal.write(page(), earlier)).isEqualTo(CommitResult.GENERATION_PASSED);

            assertThat(kafka.read("report-refreshes")).isEmpty();
            assertThat(journal.write(page(), member.groupMetadata())).isEqualTo(CommitResult.COMMITTED);
        }
    }

    @Test
    void shouldBeRefusedWhereItIsNoMemberAnyMore() {
        try (var member = kafka.member()) {
            LedgerTopics.awaitPartitions(2, List.of(member));
            var gone = member.groupMetadata();
            member.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));

            assertThat(journal.write(page(), gone)).isEqualTo(CommitResult.GENERATION_PASSED);

            assertThat(kafka.read("report-refreshes")).isEmpty();
        }
    }
}
