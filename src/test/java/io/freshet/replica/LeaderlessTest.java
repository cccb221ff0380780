package io.freshet.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.telemetry.log.OncePerMinute;
import io.freshet.testing.LogLines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A partition that no broker leads is named once a minute, and counted, and keeps nobody from looking at the others. */
class LeaderlessTest {

    private static final Node BROKER = new Node(1, "broker", 9092);
    private static final TopicPartition SECOND = new TopicPartition("freshet-inbox", 1);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final Leaderless leaderless =
            new Leaderless(List.of("freshet-inbox", "freshet-state"), metrics, new OncePerMinute(nanos::get));
    private final LogLines said = LogLines.of(Leaderless.class);

    @AfterEach
    void stop() {
        said.close();
    }

    private double count(String topic) {
        return metrics.get("freshet.partitions.leaderless")
                .tag("topic", topic)
                .gauge()
                .value();
    }

    @Test
    void shouldNameItOnceAMinuteUntilItIsLedAgain() {
        leaderless.saw(List.of(SECOND));
        leaderless.saw(List.of(SECOND));
        assertThat(said.texts()).singleElement().asString().contains("leader=none", "freshet-inbox");
        assertThat(count("freshet-inbox")).isEqualTo(1);
        assertThat(count("freshet-state")).isZero();

        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        leaderless.saw(List.of(SECOND));
        assertThat(said.texts()).hasSize(2);

        leaderless.saw(List.of());
        assertThat(said.texts()).hasSize(3).last().asString().contains("leader=there", "freshet-inbox");
        assertThat(count("freshet-inbox")).isZero();
    }

    @Test
    void shouldTellThoseThatHaveALeaderFromTheOthers() {
        var topic = new TopicDescription(
                "freshet-inbox",
                false,
                List.of(
                        new TopicPartitionInfo(0, BROKER, List.of(BROKER), List.of(BROKER)),
                        new TopicPartitionInfo(1, null, List.of(BROKER), List.of()),
                        new TopicPartitionInfo(2, Node.noNode(), List.of(BROKER), List.of())));
        var topics = Map.of("freshet-inbox", topic);

        assertThat(TopicEnds.partitions(topics, TopicEnds::hasLeader))
                .containsExactly(new TopicPartition("freshet-inbox", 0));
        assertThat(TopicEnds.partitions(topics, partition -> !TopicEnds.hasLeader(partition)))
                .containsExactly(SECOND, new TopicPartition("freshet-inbox", 2));
    }
}
