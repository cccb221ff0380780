package io.freshet.replica;

import static java.util.Objects.requireNonNull;

import io.freshet.event.Topics;
import io.freshet.replica.OpenTransactions.Ends;
import io.freshet.telemetry.log.OncePerMinute;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks now and then at the topics that Freshet reads, from outside: consumers only see what is committed, and would say that
 * all is read while a transaction that nobody ends holds everything up.
 */
@ApplicationScoped
public class TopicWatch {

    private static final Logger LOG = Logger.getLogger(TopicWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(15);
    /** A transaction that is open for longer is told in the log. The longest that a broker allows is 15 minutes by default. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final List<String> publicTopics;
    private final List<String> ownTopics;
    private final Map<String, String> groups;
    private final TopicEnds topicEnds;
    private final ScheduledExecutorService timer;
    private final OpenTransactions transactions = new OpenTransactions();
    private final MadeAnew madeAnew = new MadeAnew();
    private final Leaderless leaderless;
    private final Map<String, Duration> open = new ConcurrentHashMap<>();
    private final Map<String, Long> unread = new ConcurrentHashMap<>();
    private Map<TopicPartition, Duration> told = Map.of();
    private @Nullable Future<?> looking;

    TopicWatch(
            Topics topics,
            Supplier<Admin> admin,
            @ConfigProperty(name = "mp.messaging.incoming.upstream-data-changed.group.id") String changesGroup,
            @ConfigProperty(name = "mp.messaging.incoming.refresh-requested.group.id") String requestsGroup,
            @ConfigProperty(name = "mp.messaging.incoming.inbox.group.id") String ownersGroup,
            MeterRegistry metrics,
            @Identifier("timer") ScheduledExecutorService timer) {
        this.publicTopics = topics.inputs();
        this.ownTopics = List.of(topics.inbox(), topics.state());
        this.groups = new HashMap<>(Map.of(
                topics.upstreamDataChanged(), changesGroup,
                topics.refreshRequested(), requestsGroup,
                topics.inbox(), ownersGroup));
        topics.openlineage().ifPresent(topic -> groups.put(topic, changesGroup));
        this.topicEnds = new TopicEnds(admin);
        this.timer = timer;
        this.leaderless = new Leaderless(topics(), metrics, new OncePerMinute());
        topics().forEach(topic -> gauge(topic, unread, open, metrics));
    }

    private List<String> topics() {
        return Stream.concat(publicTopics.stream(), ownTopics.stream()).toList();
    }

    /** For the state nobody's position is counted, and it is 0. */
    static void gauge(String topic, Map<String, Long> unread, Map<String, Duration> open, MeterRegistry metrics) {
        Gauge.builder("freshet.records.unread", () -> unread.getOrDefault(topic, 0L))
                .description("records of a partition that the group has not come past, also those behind an open"
                        + " transaction")
                .tag("topic", topic)
                .strongReference(true)
                .register(metrics);
        TimeGauge.builder(
                        "freshet.transaction.open",
                        () -> open.getOrDefault(topic, Duration.ZERO).toMillis(),
                        TimeUnit.MILLISECONDS)
                .description("for how long the oldest open transaction has held up who reads the topic")
                .tag("topic", topic)
                .strongReference(true)
                .register(metrics);
    }

    /** Begins to look; to be called once. */
    public synchronized void watch() {
        looking = Repeated.every(EVERY, Duration.ZERO, "looking at the topics", this::look, timer);
    }

    void look() {
        var ignored = topicEnds.of(topics()).whenComplete((seen, failure) -> {
            if (seen == null) {
                LOG.debug("the topics can't be looked at now", failure);
            } else {
                saw(seen);
            }
        });
    }

    synchronized void saw(TopicEnds.Seen seen) {
        madeAnew.look(seen.ids().entrySet().stream()
                .filter(topic -> ownTopics.contains(topic.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        leaderless.saw(seen.leaderless());
        var standing = transactions.look(seen.ends(), System.nanoTime());
        open.clear();
        standing.forEach((partition, since) -> open.merge(partition.topic(), since, TopicWatch::longer));
        say(standing, seen.ends());
        groups.values().stream().distinct().forEach(group -> count(group, seen.ends()));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Once when it has been open for long, and once when it has ended. */
    private void say(Map<TopicPartition, Duration> standing, Map<TopicPartition, Ends> ends) {
        var hanging = standing.entrySet().stream()
                .filter(one -> one.getValue().compareTo(LONG) >= 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        hanging.forEach((partition, since) -> {
            if (!told.containsKey(partition)) {
                LOG.warnf(
                        "transaction=open topic=%s partition=%d offset=%d took=%ds: nobody sees what comes after it"
                                + " until it ends (docs/runbook.md, Hanging transactions)",
                        partition.topic(),
                        partition.partition(),
                        requireNonNull(ends.get(partition)).stable(),
                        since.toSeconds());
            }
        });
        told.keySet().stream()
                .filter(partition -> !hanging.containsKey(partition))
                .forEach(partition ->
                        LOG.infof("transaction=ended topic=%s partition=%d", partition.topic(), partition.partition()));
        told = hanging;
    }

    private void count(String group, Map<TopicPartition, Ends> ends) {
        var read = ends.entrySet().stream()
                .filter(one -> group.equals(groups.get(one.getKey().topic())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        var ignored = topicEnds.unread(group, read).whenComplete((found, failure) -> {
            if (found == null) {
                LOG.debug("the group can't be looked at now", failure);
            } else {
                unread.putAll(found);
            }
        });
    }

    /** What nothing but a restart puts right; empty while all is well. */
    Optional<String> madeAnew() {
        return madeAnew.cause();
    }

    @PreDestroy
    synchronized void close() {
        if (looking != null) {
            looking.cancel(false);
        }
    }
}
