package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A read that stands still says why, or ends. */
class StalledReadTest {

    private static final TopicPartition READ = new TopicPartition("freshet-state", 1);
    private static final TopicPartition BEHIND = new TopicPartition("freshet-state", 3);

    private final AtomicLong nanos = new AtomicLong();
    private final Map<TopicPartition, Long> ends = new HashMap<>(Map.of(READ, 10L, BEHIND, 30L));
    private final List<String> said = new ArrayList<>();
    private int asked;
    private final StalledRead stalled = new StalledRead(
            Map.copyOf(ends),
            logs -> {
                asked++;
                assertThat(logs).containsExactly(BEHIND);
                return Map.of(BEHIND, ends.get(BEHIND));
            },
            said::add,
            nanos::get);

    private void look(Duration later) {
        nanos.addAndGet(later.toNanos());
        stalled.look(log -> log.equals(READ) ? 10 : 17);
    }

    @Test
    void shouldSayWhichPartitionATransactionHoldsUpAndForHowLong() {
        look(Duration.ofSeconds(4));
        assertThat(said).isEmpty();

        look(Duration.ofSeconds(2));
        look(Duration.ofSeconds(60));

        assertThat(said)
                .hasSize(2)
                .last()
                .asString()
                .startsWith("for 66s an open transaction has held up freshet-state-3 at offset 17 of 30.")
                .contains("kafka-transactions.sh");
    }

    @Test
    void shouldNotAskTheBrokersAllTheTime() {
        for (var n = 0; n < 100; n++) {
            look(Duration.ofMillis(200));
        }

        assertThat(asked).isEqualTo(4);
    }

    @Test
    void shouldWaitAnewOnceItHasGotFurther() {
        look(Duration.ofSeconds(4));
        stalled.movesOn();
        look(Duration.ofSeconds(4));

        assertThat(said).isEmpty();
    }

    @Test
    void shouldEndIfTheLogHasBecomeShorter() {
        ends.put(BEHIND, 20L);

        assertThatThrownBy(() -> look(Duration.ofSeconds(6)))
                .isInstanceOf(KafkaException.class)
                .hasMessageStartingWith(
                        "freshet-state-3 has become shorter: it ended at offset 30, and ends at 20 now");
    }
}
