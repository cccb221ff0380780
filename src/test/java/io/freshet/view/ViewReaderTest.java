package io.freshet.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.event.Presentations;
import io.freshet.testing.TestKafka;
import io.freshet.testing.TestTopics;
import io.quarkus.runtime.ShutdownEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A page that stands still until somebody restarts the replica would be the worst of all answers. */
@Execution(ExecutionMode.CONCURRENT)
class ViewReaderTest {

    private final TestTopics topics = TestTopics.apart(TestKafka.bootstrapServers());

    /** Takes no record at first, for a reason that has nothing to do with it, such as memory that ran out. */
    private static final class BrokenOnce extends ClusterView {
        private final List<String> read = new ArrayList<>();
        private boolean wasBroken;

        private BrokenOnce() {
            super(Presentations.WITH_NAMES, Clock.systemUTC(), new ActivityFeed(Runnable::run));
        }

        @Override
        synchronized void apply(byte[] key, byte @Nullable [] value) {
            if (!wasBroken) {
                wasBroken = true;
                throw new InternalError("of the test's");
            }
            read.add(new String(key, UTF_8));
        }

        private synchronized List<String> read() {
            return List.copyOf(read);
        }
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void shouldGoOnWithTheSameRecordAfterAnErrorThatNobodyCaught() {
        topics.createAll(1);
        put("acme/reports/r1");
        put("acme/reports/r2");
        var view = new BrokenOnce();
        var reader = new ViewReader(
                Map.of("bootstrap.servers", TestKafka.bootstrapServers()), topics.mapping(), view, Clock.systemUTC());

        reader.begin();

        await().untilAsserted(() -> assertThat(view.read()).containsExactly("acme/reports/r1", "acme/reports/r2"));
        await().untilAsserted(() -> assertThat(view.progress().isCurrent()).isTrue());
        reader.stop(new ShutdownEvent());
    }

    private void put(String key) {
        topics.flush(List.of(
                topics.send(new ProducerRecord<>(topics.name("freshet-state"), key.getBytes(UTF_8), new byte[] {1}))));
    }
}
