package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.testing.TestKafka;
import io.freshet.testing.TestTopics;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

/** What docs/runbook.md says of records that unpack to very much: a broker refuses them if the topic is set so. */
class UnpackedSizeTest {

    private static final Map<String, String> PACKED = Map.of("compression.type", "gzip");

    @Test
    void shouldBeBoundedByTheBrokerWhereTheTopicKeepsItsRecordsUncompressed() {
        try (var topics = TestTopics.apart(TestKafka.bootstrapServers())) {
            topics.create(
                    "upstream-data-changed",
                    1,
                    Map.of("compression.type", "uncompressed", "max.message.bytes", "1048576"));
            topics.create("refresh-requested", 1);

            assertThatThrownBy(() -> topics.send(zeros(topics, "upstream-data-changed", 20 << 20), PACKED))
                    .hasRootCauseInstanceOf(RecordTooLargeException.class);
            assertThatCode(() -> topics.send(zeros(topics, "upstream-data-changed", 500_000), PACKED))
                    .doesNotThrowAnyException();
            assertThatCode(() -> topics.send(zeros(topics, "refresh-requested", 20 << 20), PACKED))
                    .as("a topic that is left as it is takes it")
                    .doesNotThrowAnyException();
        }
    }

    private static ProducerRecord<byte[], byte[]> zeros(TestTopics topics, String topic, int size) {
        return new ProducerRecord<>(topics.name(topic), new byte[size]);
    }
}
