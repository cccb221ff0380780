package io.freshet.ledger;

import static io.freshet.ledger.Entries.ACME;
import static io.freshet.ledger.Entries.GLOBEX;
import static io.freshet.ledger.Entries.empty;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** On real topics. */
@Execution(ExecutionMode.CONCURRENT)
class StateRestorerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LedgerTopics kafka = new LedgerTopics();
    private final CountDownLatch left = new CountDownLatch(1);
    private final VersionCheck version = new VersionCheck(left::countDown);
    private final BlockingQueue<WriterCommand.Restored> restored = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final StateRestorer restorer = new StateRestorer(kafka.reader(), version, timer, restored::add);

    @BeforeEach
    void create() {
        kafka.create("freshet-inbox", 3, Map.of());
        kafka.create("freshet-state", 3, Map.of("cleanup.policy", "compact"));
    }

    @AfterEach
    void close() {
        restorer.forget(Set.of(ACME, GLOBEX));
        timer.shutdownNow();
        kafka.close();
    }

    private void write(String key, String value) {
        kafka.send(new ProducerRecord<>(kafka.name("freshet-state"), ACME, key.getBytes(UTF_8), value.getBytes(UTF_8)));
    }

    @Test
    void shouldHandOverWhatWasRestored() throws InterruptedException {
        restorer.begin(Map.of(ACME, 1, GLOBEX, 1));

        assertThat(restored.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(new WriterCommand.Restored(
                        Map.of(ACME, 1, GLOBEX, 1), Map.of(ACME, empty(0), GLOBEX, empty(0))));
        assertThat(version.refusal()).isEmpty();
    }

    @Test
    void shouldLeaveTheGroupInsteadOfWorkingOnWhatOnlyALaterVersionMayRead() throws InterruptedException {
        write("acme/reports/r1", "{\"v\":3,\"min_reader\":3,\"state\":\"dreaming\"}");

        restorer.begin(Map.of(ACME, 1, GLOBEX, 1));

        assertThat(left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(restored).isEmpty();
        assertThat(version.refusal()).hasValueSatisfying(why -> assertThat(why)
                .startsWith("acme/reports/r1 (" + kafka.name("freshet-state") + "-2@0) can't be read"));
    }

    @Test
    void shouldSayWhichTransactionHoldsItUpAndGoOnWhenThatHasEnded() throws InterruptedException {
        try (var hanging = kafka.hanging("freshet-state", ACME)) {
            restorer.begin(Map.of(ACME, 1, GLOBEX, 1));

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(restorer.progress().cause()).hasValueSatisfying(cause -> assertThat(cause)
                                    .contains("open transaction", kafka.name("freshet-state") + "-2 at offset 0 of 1")
                                    .contains("kafka-transactions.sh")));
            assertThat(restored).isEmpty();

            hanging.abortTransaction();
        }

        assertThat(restored.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        await().untilAsserted(() -> assertThat(restorer.progress().partitions()).isEmpty());
    }
}
