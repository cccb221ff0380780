package io.freshet.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class StateLayoutTest {

    private final LedgerTopics kafka = new LedgerTopics();

    @BeforeEach
    void create() {
        kafka.create("freshet-state", 3, Map.of("cleanup.policy", "compact"));
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    private int partitions(int present) {
        return new StateLayout(LedgerTopics.settings(), kafka.names()).partitions(present);
    }

    @Test
    void shouldSaveTheNumberOfTheFirstStartOnce() {
        assertThat(partitions(3)).isEqualTo(3);
        assertThat(partitions(3)).isEqualTo(3);

        assertThat(kafka.read("freshet-state")).singleElement().satisfies(saved -> {
            assertThat(saved.partition()).isZero();
            assertThat(new String(saved.key(), UTF_8)).isEqualTo("/layout");
            assertThat(new String(saved.value(), UTF_8)).isEqualTo("{\"v\":2,\"min_reader\":1,\"partitions\":3}");
        });
    }

    @Test
    void shouldSayThatOnlyALaterVersionMayReadIt() {
        kafka.send(new ProducerRecord<>(
                kafka.name("freshet-state"),
                0,
                "/layout".getBytes(UTF_8),
                "{\"v\":3,\"min_reader\":3}".getBytes(UTF_8)));

        assertThatThrownBy(() -> partitions(3))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("/layout can't be read: it is for version 3");
    }

    @Test
    void shouldTellTheNumberOfTheFirstStartIfThereIsAnotherToday() {
        partitions(3);
        kafka.send(new ProducerRecord<>(
                kafka.name("freshet-state"), 0, "initech/limit".getBytes(UTF_8), "{}".getBytes(UTF_8)));

        assertThat(partitions(6)).isEqualTo(3);

        assertThat(kafka.read("freshet-state")).as("nothing is saved anew").hasSize(2);
    }
}
