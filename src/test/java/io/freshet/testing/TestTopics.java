package io.freshet.testing;

import io.freshet.event.Topics;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of the contract under a prefix of their own, so that tests share a broker and nothing else. */
public final class TestTopics implements AutoCloseable {

    private static final List<String> NAMES = List.of(
            "upstream-data-changed",
            "refresh-requested",
            "change-planned",
            "change-settled",
            "run-accepted",
            "run-finished",
            "run-rejected",
            "workspace-changed",
            "freshness-changed",
            "freshet-inbox",
            "freshet-state",
            "upstream-data-changed-dlq");

    private final String bootstrapServers;
    private final String prefix;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, TopicReader> readers = new ConcurrentHashMap<>();
    private boolean tellsLineage;
    private UnaryOperator<ConsumerRecord<byte[], byte[]>> kept = UnaryOperator.identity();

    public TestTopics(String bootstrapServers, String prefix) {
        this.bootstrapServers = bootstrapServers;
        this.prefix = prefix;
        this.producer = producer(Map.of());
    }

    /** With a prefix that nobody else has. */
    public static TestTopics apart(String bootstrapServers) {
        return new TestTopics(bootstrapServers, ownPrefix());
    }

    /** A prefix that nobody else has. */
    public static String ownPrefix() {
        return "t" + UUID.randomUUID().toString().substring(0, 8) + "-";
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, String> more) {
        var settings = properties();
        settings.put("acks", "all");
        settings.put("linger.ms", "5");
        settings.put("max.request.size", Integer.toString(64 << 20));
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The settings of an application that uses these topics. */
    public Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        settings.put("kafka.bootstrap.servers", bootstrapServers);
        settings.put("freshet.topics.create", "true");
        // A group of their own as well: members of an earlier test that were killed would hold the others up.
        settings.put("mp.messaging.incoming.upstream-data-changed.group.id", prefix + "freshet");
        settings.put("mp.messaging.incoming.refresh-requested.group.id", prefix + "freshet");
        settings.put("mp.messaging.incoming.inbox.group.id", prefix + "freshet-owners");
        settings.put("freshet.topics.partitions", "3"); // the tests' broker keeps all of them until its end
        settings.put("freshet.topics.own-partitions", "4");
        names().forEach(name -> settings.put("freshet.topics." + name.replace("freshet-", ""), prefix + name));
        return settings;
    }

    /** From now on there is a topic of OpenLineage's events as well. */
    public void tellLineage() {
        tellsLineage = true;
    }

    public boolean tellsLineage() {
        return tellsLineage;
    }

    private Stream<String> names() {
        return Stream.concat(NAMES.stream(), tellsLineage ? Stream.of("lineage") : Stream.empty());
    }

    public Topics mapping() {
        return mapping(Map.of());
    }

    /** @param more settings that count before these */
    public Topics mapping(Map<String, String> more) {
        return new SmallRyeConfigBuilder()
                .withMapping(Topics.class)
                .withSources(
                        new PropertiesConfigSource(settings(), "topics", 100),
                        new PropertiesConfigSource(more, "test", 200))
                .build()
                .getConfigMapping(Topics.class);
    }

    public String name(String topic) {
        return prefix + topic;
    }

    /** Ahead of the application, which then has nothing to create. */
    public void create(String topic, int partitions) {
        create(topic, partitions, Map.of());
    }

    /** All of them, as a team that runs Freshet has them. */
    public void createAll(int partitions) {
        names().forEach(topic -> create(
                topic, partitions, topic.equals("freshet-state") ? Map.of("cleanup.policy", "compact") : Map.of()));
    }

    public void create(String topic, int partitions, Map<String, String> config) {
        try (var admin = Admin.create(properties())) {
            admin.createTopics(List.of(new NewTopic(name(topic), partitions, (short) 1).configs(config)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Sent when it is full or the next {@link #flush} comes. */
    public Future<?> send(ProducerRecord<byte[], byte[]> record) {
        return producer.send(record);
    }

    /** By a producer of its own with these settings besides; returns when the broker has it. */
    public void send(ProducerRecord<byte[], byte[]> record, Map<String, String> settings) {
        try (var other = producer(settings)) {
            other.send(record).get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns when the broker has all that was sent. */
    public void flush(List<Future<?>> sent) {
        producer.flush();
        try {
            for (var one : sent) {
                one.get(30, TimeUnit.SECONDS);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Before anything is read: what is kept of each record, if all of them whole would be too much for the test's process. */
    public void keep(UnaryOperator<ConsumerRecord<byte[], byte[]>> part) {
        kept = part;
    }

    /** All that a {@code read_committed} reader sees in a topic of the contract by now. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return readers.computeIfAbsent(topic, first -> new TopicReader(properties(), name(topic), kept))
                .read();
    }

    private Properties properties() {
        var properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        return properties;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        readers.values().forEach(TopicReader::close);
    }
}
