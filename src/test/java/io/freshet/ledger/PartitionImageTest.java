package io.freshet.ledger;

import static io.freshet.ledger.Entries.NOON;
import static io.freshet.ledger.Entries.R1;
import static io.freshet.ledger.Entries.change;
import static io.freshet.ledger.Entries.key;
import static io.freshet.ledger.Entries.planned;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeJson;
import io.freshet.event.DataFreshness;
import io.freshet.event.Kind;
import io.freshet.event.NewerReaderNeeded;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportState;
import io.freshet.state.Settled;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last record of a key counts, whether it can be read or not. */
class PartitionImageTest {

    private static final byte[] NEWER = "{\"v\":4,\"min_reader\":3,\"state\":\"dreaming\"}".getBytes(UTF_8);
    private static final byte[] UNREADABLE = "{\"v\":1,\"min_reader\":1,\"state\":\"dreaming\"}".getBytes(UTF_8);

    private final PartitionImage image = new PartitionImage();
    private long offset;

    private void enter(String key, byte @Nullable [] value) {
        image.enter(new ConsumerRecord<>("freshet-state", 2, offset++, key.getBytes(UTF_8), value));
    }

    private static byte[] bytes(ReportState state) {
        return ReportStateJson.write(Kind.REPORT, state);
    }

    private RestoredPartition restored() {
        return image.restored(10);
    }

    @Test
    void shouldTakeTheLastOfAReport() {
        var settled = new Settled(ReportHistory.EMPTY, NOON);
        enter("acme/reports/r1", bytes(new Settled(ReportHistory.EMPTY, NOON.minusSeconds(9))));

        enter("acme/reports/r1", bytes(settled));

        assertThat(restored().reports()).isEqualTo(Map.of(R1, settled));
    }

    @Test
    void shouldQuarantineAKeyWhoseLastRecordCanNotBeRead() {
        enter("acme/reports/r1", bytes(new Settled(ReportHistory.EMPTY, NOON.minusSeconds(9))));
        enter("acme/changes/" + key("acme", "a").hex(), ChangeJson.write(change("acme", "a")));

        enter("acme/reports/r1", UNREADABLE);
        enter("acme/changes/" + key("acme", "a").hex(), UNREADABLE);

        var restored = restored();
        assertThat(restored.reports()).isEmpty();
        assertThat(restored.changes()).isEmpty();
        assertThat(restored.quarantined())
                .containsExactlyInAnyOrder(
                        "acme/reports/r1", "acme/changes/" + key("acme", "a").hex());
    }

    @Test
    void shouldLetAKeyOutWithARecordThatCanBeRead() {
        enter("acme/reports/r1", UNREADABLE);

        enter("acme/reports/r1", bytes(new Settled(ReportHistory.EMPTY, NOON.minusSeconds(9))));

        var restored = restored();
        assertThat(restored.quarantined()).isEmpty();
        assertThat(restored.reports()).containsOnlyKeys(R1);
    }

    @Test
    void shouldForgetAKeyWithItsTombstone() {
        enter("acme/reports/r1", bytes(new Settled(ReportHistory.EMPTY, NOON.minusSeconds(9))));
        enter("acme/reports/r2", UNREADABLE);

        enter("acme/reports/r1", null);
        enter("acme/reports/r2", null);

        assertThat(restored()).isEqualTo(Entries.empty(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acme/reports/r1",
                "acme/changes/0123456789abcdef",
                "acme/limit",
                "acme/batches/7",
                "acme/tables/7",
                "acme/shelves/7"
            })
    void shouldNotBeReadIfTheLastRecordOfAKeyIsForLaterVersions(String key) {
        enter("acme/reports/r2", bytes(new Settled(ReportHistory.EMPTY, NOON.minusSeconds(9))));

        enter(key, NEWER);

        assertThatThrownBy(this::restored)
                .isInstanceOf(NewerReaderNeeded.class)
                .hasMessage(
                        "%s (freshet-state-2@1) can't be read: it is for version 3 of the stored form and later, and this replica reads up to version 2",
                        key);
    }

    @Test
    void shouldBeReadIfALaterRecordOfThatKeyIsForThisVersion() {
        enter("acme/reports/r1", NEWER);
        enter("acme/reports/r2", NEWER);

        enter("acme/reports/r1", bytes(new Settled(ReportHistory.EMPTY, NOON.minusSeconds(9))));
        enter("acme/reports/r2", null);

        assertThat(restored().reports()).containsOnlyKeys(R1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"v\":2,\"min_reader\":1}", "no JSON"})
    void shouldIgnoreAKeyThatItNeedNotKnow(String value) {
        enter("acme/shelves/7", NEWER);

        enter("acme/shelves/7", value.getBytes(UTF_8));

        assertThat(restored()).isEqualTo(Entries.empty(10));
    }

    @Test
    void shouldTakeTheLastOfABatch() {
        var store = new CommittedStore();
        store.open("a", "b");
        store.commit(planned("acme", "a", R1));
        var batch = store.batch(1).orElseThrow();
        var key = "acme/batches/1";
        enter(key, BatchJson.write(batch, batch.settlement(DataFreshness.UNKNOWN, NOON)));

        enter(key, BatchJson.write(batch));

        var restored = restored();
        assertThat(restored.remembered().values()).allMatch(List::isEmpty);
        assertThat(restored.batches()).containsOnlyKeys(new BatchKey("acme", 1));
    }

    @Test
    void shouldRememberABatchThatIsSettledUntilItsTombstone() {
        var store = new CommittedStore();
        store.open("a", "b");
        store.commit(planned("acme", "a", R1));
        var batch = store.batch(1).orElseThrow();
        enter("acme/batches/1", BatchJson.write(batch));
        enter("acme/batches/2", BatchJson.write(batch, batch.settlement(DataFreshness.UNKNOWN, NOON)));
        enter("acme/batches/1", BatchJson.write(batch, batch.settlement(DataFreshness.UNKNOWN, NOON)));

        enter("acme/batches/2", null);

        var restored = restored();
        assertThat(restored.batches()).isEmpty();
        assertThat(restored.remembered().get("acme")).singleElement().satisfies(remembered -> {
            assertThat(remembered.number()).isEqualTo(1);
            assertThat(remembered.settledAt()).isEqualTo(NOON.toEpochMilli());
            assertThat(remembered.digests()).containsExactly(key("acme", "a").digest());
        });
    }

    @Test
    void shouldQuarantineABatchThatCanNotBeReadWithTheReportsThatCarryIt() {
        var store = new CommittedStore();
        store.open("a");
        store.commit(planned("acme", "a", R1));
        enter("acme/batches/1", BatchJson.write(store.batch(1).orElseThrow()));
        enter("acme/reports/r1", bytes(store.state(R1)));

        enter("acme/batches/1", UNREADABLE);

        var restored = restored();
        assertThat(restored.reports()).isEmpty();
        assertThat(restored.batches()).isEmpty();
        assertThat(restored.quarantined()).containsExactlyInAnyOrder("acme/batches/1", "acme/reports/r1");
    }

    @Test
    void shouldIgnoreARecordWithoutAKey() {
        image.enter(new ConsumerRecord<>("freshet-state", 2, 0, null, UNREADABLE));

        assertThat(restored()).isEqualTo(Entries.empty(10));
    }
}
