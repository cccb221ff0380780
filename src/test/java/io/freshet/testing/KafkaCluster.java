package io.freshet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;

/**
 * Three brokers that keep three copies of everything and acknowledge what two of them have: what people run, as
 * processes of their own. What they keep goes when it is closed.
 */
public final class KafkaCluster implements AutoCloseable {

    private static final int SIZE = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final List<Integer> ports = freePorts(2 * SIZE);
    private final List<KafkaNode> nodes;
    private final Admin admin;

    private KafkaCluster() {
        this.directory = temporary();
        this.nodes = IntStream.range(0, SIZE).mapToObj(this::node).toList();
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers(), "reconnect.backoff.ms", "500"));
    }

    /** Returns when all of them work. */
    public static KafkaCluster start() {
        var cluster = new KafkaCluster();
        try {
            var id = Uuid.randomUuid().toString();
            IntStream.range(0, SIZE).forEach(n -> cluster.nodes.get(n).format(cluster.settings(n), id));
            cluster.nodes.forEach(KafkaNode::start);
            cluster.awaitAll();
            return cluster;
        } catch (RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    public String bootstrapServers() {
        return ports.subList(0, SIZE).stream().map(port -> "localhost:" + port).collect(Collectors.joining(","));
    }

    /** Which broker coordinates the transactions of the producer that has one of this prefix. */
    public int transactionCoordinator(String transactionalIdPrefix) {
        var id = answer(admin.listTransactions().all()).stream()
                .map(TransactionListing::transactionalId)
                .filter(one -> one.startsWith(transactionalIdPrefix))
                .findFirst()
                .orElseThrow();
        return answer(admin.describeTransactions(List.of(id)).description(id)).coordinatorId();
    }

    /** Which broker coordinates the consumer group. */
    public int groupCoordinator(String group) {
        return only(answer(admin.describeConsumerGroups(List.of(group)).all()))
                .coordinator()
                .id();
    }

    /** Which broker leads a partition of the topic. */
    public int leader(String topic, int partition) {
        return only(answer(admin.describeTopics(List.of(topic)).allTopicNames()))
                .partitions()
                .get(partition)
                .leader()
                .id();
    }

    /** {@code kill -9}. */
    public void kill(int broker) {
        nodes.get(broker).kill();
    }

    /** Returns when the broker works again and has caught up: all have all copies. */
    public void bringBack(int broker) {
        nodes.get(broker).start();
        awaitAll();
    }

    private void awaitAll() {
        try {
            Awaitility.await("all brokers, and all copies up to date")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> {
                        assertThat(answer(admin.describeCluster().nodes())).hasSize(SIZE);
                        assertThat(copiesBehind()).isEmpty();
                    });
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + logs(), e);
        }
    }

    private List<String> copiesBehind() {
        var topics = answer(admin.listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true))
                .names());
        return answer(admin.describeTopics(topics).allTopicNames()).values().stream()
                .filter(topic -> topic.partitions().stream()
                        .anyMatch(partition ->
                                partition.isr().size() < partition.replicas().size()))
                .map(topic -> topic.name())
                .toList();
    }

    /** The last lines of each broker's log. */
    public String logs() {
        return nodes.stream().map(KafkaNode::log).collect(Collectors.joining("\n--- next broker ---\n"));
    }

    private KafkaNode node(int number) {
        try {
            return new KafkaNode(Files.createDirectory(directory.resolve("broker-" + number)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Properties settings(int number) {
        var broker = ports.get(number);
        var controller = ports.get(SIZE + number);
        var settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(number));
        settings.put(
                "controller.quorum.voters",
                IntStream.range(0, SIZE)
                        .mapToObj(n -> n + "@localhost:" + ports.get(SIZE + n))
                        .collect(Collectors.joining(",")));
        settings.put("listeners", "PLAINTEXT://localhost:" + broker + ",CONTROLLER://localhost:" + controller);
        settings.put("advertised.listeners", "PLAINTEXT://localhost:" + broker);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.putAll(Map.of(
                "default.replication.factor", "3",
                "min.insync.replicas", "2",
                "offsets.topic.replication.factor", "3",
                "offsets.topic.num.partitions", "3",
                "transaction.state.log.replication.factor", "3",
                "transaction.state.log.min.isr", "2",
                "transaction.state.log.num.partitions", "3",
                "auto.create.topics.enable", "false"));
        // Prompt, as far as a broker that is gone is concerned.
        settings.putAll(Map.of(
                "broker.session.timeout.ms", "2000",
                "broker.heartbeat.interval.ms", "500",
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "1000",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "500"));
        // Small: what they keep in memory by default is a multiple of what they need here.
        settings.putAll(Map.of(
                "log.cleaner.dedupe.buffer.size", "4194304",
                "log.cleaner.threads", "1",
                "log.index.size.max.bytes", "1048576",
                "num.io.threads", "4",
                "num.network.threads", "2"));
        return settings;
    }

    private static List<Integer> freePorts(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (var n = 0; n < count; n++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (var socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("freshet-kafka");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T only(Map<String, T> found) {
        return found.values().iterator().next();
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        nodes.forEach(KafkaNode::close);
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
