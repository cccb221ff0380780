package io.freshet.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.replica.OpenTransactions.Ends;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Seen from outside: a last stable offset that stands still while there is more. */
class OpenTransactionsTest {

    private static final TopicPartition P = new TopicPartition("upstream-data-changed", 3);

    private final OpenTransactions transactions = new OpenTransactions();

    private Map<TopicPartition, Duration> look(int second, long stable, long end) {
        return transactions.look(
                Map.of(P, new Ends(0, stable, end)), Duration.ofSeconds(second).toNanos());
    }

    @Test
    void shouldSayHowLongAReaderHasBeenHeldUp() {
        assertThat(look(0, 17, 18)).isEmpty();
        assertThat(look(30, 17, 40)).isEqualTo(Map.of(P, Duration.ofSeconds(30)));
        assertThat(look(301, 17, 40)).isEqualTo(Map.of(P, Duration.ofSeconds(301)));
    }

    @Test
    void shouldBeSilentWhileTransactionsComeAndGo() {
        assertThat(look(0, 17, 18)).isEmpty();
        assertThat(look(30, 25, 27)).isEmpty();
        assertThat(look(60, 31, 32)).isEmpty();
    }

    @Test
    void shouldForgetOneThatHasEnded() {
        look(0, 17, 18);
        look(30, 17, 18);

        assertThat(look(60, 19, 19)).isEmpty();
        assertThat(look(90, 19, 20)).as("the next one begins now").isEmpty();
        assertThat(look(120, 19, 20)).isEqualTo(Map.of(P, Duration.ofSeconds(30)));
    }
}
