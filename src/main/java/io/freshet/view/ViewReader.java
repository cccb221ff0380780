package io.freshet.view;

import io.freshet.event.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Feeds the view, on a thread of its own. A Kafka that is away is waited for; nothing else waits for the view. */
@ApplicationScoped
public class ViewReader {

    private static final Logger LOG = Logger.getLogger(ViewReader.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** How often it looks for new partitions, and whether the brokers still answer. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final ClusterView view;
    private final Clock clock;
    private final Map<String, ToldEvent.Kind> events = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread thread;
    private volatile @Nullable ViewLog open;
    private boolean isCurrent;
    private boolean wasAway;
    private long lookedAt;

    ViewReader(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Topics topics,
            ClusterView view,
            Clock clock) {
        this.kafka = Map.copyOf(kafka);
        this.topics = topics;
        this.view = view;
        this.clock = clock;
        events.put(topics.changePlanned(), ToldEvent.Kind.PLANNED);
        events.put(topics.runAccepted(), ToldEvent.Kind.ACCEPTED);
        events.put(topics.runFinished(), ToldEvent.Kind.FINISHED);
        events.put(topics.runRejected(), ToldEvent.Kind.REJECTED);
        events.put(topics.workspaceChanged(), ToldEvent.Kind.CHANGED);
    }

    /** Begins to read, once. */
    public synchronized void begin() {
        if (thread == null && !isClosed()) {
            thread = new Thread(this::run, "freshet-view");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        while (!isClosed()) {
            try (var log = new ViewLog(kafka, depths(), clock, positions)) {
                open = log;
                follow(log);
            } catch (WakeupException e) {
                LOG.debug("closed", e);
            } catch (Throwable e) { // also one that memory ran out for: nobody else would begin to read again
                away(e);
            } finally {
                open = null;
            }
            pause();
        }
    }

    private Map<String, ViewLog.Topic> depths() {
        var depths = new HashMap<String, ViewLog.Topic>();
        depths.put(topics.state(), new ViewLog.Topic(Optional.empty()));
        events.forEach((topic, kind) -> depths.put(topic, new ViewLog.Topic(Optional.of((long) mostRecords(kind)))));
        return depths;
    }

    private static int mostRecords(ToldEvent.Kind kind) {
        return switch (kind) {
            case FINISHED, REJECTED -> RunHistory.MOST;
            case PLANNED -> ToldPlans.MOST;
            case ACCEPTED, CHANGED -> 2 * ActivityFeed.KEPT;
        };
    }

    private void follow(ViewLog log) {
        log.takeUpPartitions();
        lookedAt = System.nanoTime();
        var ends = log.ends();
        var distance = Math.max(1, log.left(ends));
        while (!isClosed()) {
            var records = log.poll();
            records.forEach(this::take);
            log.taken(records.partitions());
            if (!isCurrent) {
                say(log.left(ends), distance);
            }
            if (System.nanoTime() - lookedAt > LOOK.toNanos()) {
                log.takeUpPartitions();
                log.ends(); // fails if Kafka is away, as a poll doesn't
                lookedAt = System.nanoTime();
            }
        }
    }

    private void say(long left, long distance) {
        if (left > 0) {
            view.catchingUp((int) ((distance - left) * 100 / distance));
            return;
        }
        isCurrent = true;
        LOG.infof("view=%s", wasAway ? "back" : "current");
        wasAway = false;
        view.following();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            var kind = events.get(record.topic());
            if (kind != null) {
                view.told(kind, record.value());
            } else if (record.key() != null) {
                view.apply(record.key(), record.value());
            }
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "%s-%d@%d can't be shown, for a reason that nobody thought of",
                    record.topic(),
                    record.partition(),
                    record.offset());
        }
    }

    private void away(Throwable e) {
        var cause = e instanceof Error ? e.toString() : String.valueOf(e.getMessage());
        if (!wasAway) {
            LOG.warnf("view=away cause=\"%s\": what is shown may be old", cause);
        }
        wasAway = true;
        isCurrent = false;
        view.away(cause);
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void pause() {
        try {
            var ignored = closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        closed.countDown();
        var log = open;
        if (log != null) {
            log.wakeUp();
        }
    }
}
