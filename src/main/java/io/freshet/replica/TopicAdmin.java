package io.freshet.replica;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AbstractOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What is asked of the cluster at the start. Whatever goes wrong ends in one line that names the setting. */
final class TopicAdmin {

    private static final Logger LOG = Logger.getLogger(TopicAdmin.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Object servers;
    private final Admin admin;

    TopicAdmin(Map<String, Object> kafka, Supplier<Admin> client) {
        this.servers = kafka.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        try {
            this.admin = client.get();
        } catch (KafkaException e) {
            throw unusable(e.getCause() == null ? e : e.getCause());
        }
    }

    /** How many partitions those of the topics have that there are. */
    Map<String, Integer> partitions(List<String> topics) {
        var present = answer(admin.listTopics(patient(new ListTopicsOptions())).names());
        var partitions = new HashMap<String, Integer>();
        admin.describeTopics(topics.stream().filter(present::contains).toList(), patient(new DescribeTopicsOptions()))
                .topicNameValues()
                .forEach((topic, description) -> size(description).ifPresent(size -> partitions.put(topic, size)));
        return partitions;
    }

    /** The same for topics that were created just now, once the brokers have told each other of all of them. */
    Map<String, Integer> partitionsOfAll(List<String> topics) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var partitions = partitions(topics);
        while (!partitions.keySet().containsAll(topics) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            partitions = partitions(topics);
        }
        return partitions;
    }

    /** One broker may list a topic that another hasn't heard of. */
    private Optional<Integer> size(KafkaFuture<TopicDescription> description) {
        try {
            return Optional.of(await(description).partitions().size());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw unusable(e.getCause());
        }
    }

    /** One setting of those of the topics, which must be there, whose broker tells it. */
    Map<String, String> config(Collection<String> topics, String setting) {
        var resources = topics.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        return told(
                answer(admin.describeConfigs(resources, patient(new DescribeConfigsOptions()))
                        .all()),
                setting);
    }

    /** Not every broker tells every setting, nor the value of each that it names. */
    static Map<String, String> told(Map<ConfigResource, Config> found, String setting) {
        var told = new HashMap<String, String>();
        found.forEach((topic, config) -> {
            var entry = config.get(setting);
            if (entry != null && entry.value() != null) {
                told.put(topic.name(), entry.value());
            }
        });
        return told;
    }

    void create(List<NewTopic> topics) {
        admin.createTopics(topics, patient(new CreateTopicsOptions())).values().forEach(TopicAdmin::awaitCreated);
    }

    private static void awaitCreated(String topic, KafkaFuture<Void> created) {
        try {
            await(created);
            LOG.infof("topic=%s created", topic);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new ConfigurationException(
                        "topic %s can't be created: %s".formatted(topic, String.valueOf(e.getCause())));
            }
            LOG.debugf("topic=%s was created by another replica", topic);
        }
    }

    String servers() {
        return "kafka.bootstrap.servers=" + servers;
    }

    private <T> T answer(KafkaFuture<T> future) {
        try {
            return await(future);
        } catch (ExecutionException e) {
            throw unusable(e.getCause());
        }
    }

    private static <O extends AbstractOptions<O>> O patient(O options) {
        return options.timeoutMs(Math.toIntExact(PATIENCE.toMillis()));
    }

    /** A little longer than the client's own patience, which ends with an error that says more. */
    private static <T> T await(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get(PATIENCE.toSeconds() + 5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new ExecutionException(new TimeoutException(e.getMessage(), e));
        }
    }

    private ConfigurationException unusable(@Nullable Throwable cause) {
        return new ConfigurationException(servers() + " can't be used: " + why(cause));
    }

    private static String why(@Nullable Throwable cause) {
        if (cause instanceof TimeoutException) {
            return "no broker answered within %d s; is the address right, and does a broker run there?"
                    .formatted(PATIENCE.toSeconds());
        }
        return cause instanceof AuthorizationException
                ? "this user lacks a right, and freshet doctor says which: " + cause.getMessage()
                : String.valueOf(cause);
    }
}
