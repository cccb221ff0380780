package io.freshet.cli;

import io.freshet.replica.InspectTopics;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Whether Kafka is as Freshet needs it. */
final class KafkaChecks implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DoctorSettings settings;
    private @Nullable Admin admin;

    KafkaChecks(DoctorSettings settings) {
        this.settings = settings;
    }

    List<CheckResult> results() throws InterruptedException {
        var kafka = kafka();
        var client = admin;
        if (client == null || kafka.level() == CheckResult.Level.FAIL) {
            return Stream.concat(
                            Stream.of(kafka),
                            Stream.of("topics", "rights", "transactions").map(KafkaChecks::notLookedAt))
                    .toList();
        }
        return List.of(
                kafka,
                topics(client),
                new KafkaRights(client, settings).result(),
                new TransactionCheck(settings).result());
    }

    private static CheckResult notLookedAt(String check) {
        return CheckResult.warn(check, "not looked at, as Kafka can't be used", "mend that first");
    }

    private CheckResult kafka() throws InterruptedException {
        var servers = "kafka.bootstrap.servers=" + settings.kafka().get("bootstrap.servers");
        try {
            var client = Admin.create(clientSettings());
            admin = client;
            var options = new DescribeClusterOptions().timeoutMs(Math.toIntExact(PATIENCE.toMillis()));
            var nodes = client.describeCluster(options).nodes().get(PATIENCE.toSeconds() + 2, TimeUnit.SECONDS);
            return CheckResult.ok("kafka", "%d brokers by %s".formatted(nodes.size(), servers));
        } catch (ExecutionException | TimeoutException e) {
            return CheckResult.fail("kafka", servers + " can't be used: " + why(e), ADVICE);
        } catch (KafkaException e) {
            return CheckResult.fail("kafka", servers + " can't be used: " + KafkaChecks.text(e), ADVICE);
        }
    }

    private static final String ADVICE =
            "see that the address is right, that a broker runs there, and that kafka.security.protocol and kafka.sasl.* are its";

    private Map<String, Object> clientSettings() {
        var all = new HashMap<>(settings.kafka());
        all.put("client.id", "freshet-doctor");
        return all;
    }

    private static String why(Exception e) {
        var cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        return cause instanceof TimeoutException || cause instanceof org.apache.kafka.common.errors.TimeoutException
                ? "no broker answered within %d s".formatted(PATIENCE.toSeconds())
                : text(cause);
    }

    /** kafka-clients hides what is wrong behind "Failed to create". */
    static String text(Throwable e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private CheckResult topics(Admin client) {
        try {
            var missing = new InspectTopics(settings.kafka(), client, settings.topics()).look();
            return missing.isEmpty()
                    ? CheckResult.ok(
                            "topics",
                            "all %d are there".formatted(settings.topics().all().size()))
                    : CheckResult.warn(
                            "topics",
                            "%s are missing".formatted(missing),
                            "the first start creates them, as freshet.topics.create=true");
        } catch (ConfigurationException e) {
            return CheckResult.fail("topics", String.valueOf(e.getMessage()), "see docs/operations.md");
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
