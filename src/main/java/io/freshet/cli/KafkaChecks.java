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

/** Whether Kafka is as Freshet needs it. */
record KafkaChecks(DoctorSettings settings, Admin admin) {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String ADVICE =
            "see that the address is right, that a broker runs there, and that kafka.security.protocol and kafka.sasl.* suit it";

    static List<CheckResult> results(DoctorSettings settings) throws InterruptedException {
        Admin admin;
        try {
            admin = Admin.create(clientSettings(settings));
        } catch (KafkaException e) {
            return without(unusable(settings, text(e)));
        }
        try {
            return new KafkaChecks(settings, admin).results();
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private List<CheckResult> results() throws InterruptedException {
        var kafka = kafka();
        return kafka.level() == CheckResult.Level.FAIL
                ? without(kafka)
                : List.of(
                        kafka,
                        topics(),
                        new KafkaRights(admin, settings).result(),
                        new TransactionCheck(settings).result());
    }

    private static List<CheckResult> without(CheckResult kafka) {
        return Stream.concat(
                        Stream.of(kafka),
                        Stream.of("topics", "rights", "transactions").map(KafkaChecks::notLookedAt))
                .toList();
    }

    private static CheckResult notLookedAt(String check) {
        return CheckResult.warn(check, "not looked at, as Kafka can't be used", "mend that first");
    }

    private CheckResult kafka() throws InterruptedException {
        try {
            var options = new DescribeClusterOptions().timeoutMs(Math.toIntExact(PATIENCE.toMillis()));
            var nodes = admin.describeCluster(options).nodes().get(PATIENCE.toSeconds() + 2, TimeUnit.SECONDS);
            return CheckResult.ok(
                    "kafka",
                    "%s by %s"
                            .formatted(nodes.size() == 1 ? "1 broker" : nodes.size() + " brokers", servers(settings)));
        } catch (ExecutionException | TimeoutException e) {
            return unusable(settings, why(e));
        } catch (KafkaException e) {
            return unusable(settings, text(e));
        }
    }

    private static CheckResult unusable(DoctorSettings settings, String why) {
        return CheckResult.fail("kafka", servers(settings) + " can't be used: " + why, ADVICE);
    }

    private static String servers(DoctorSettings settings) {
        return "kafka.bootstrap.servers=" + settings.kafka().get("bootstrap.servers");
    }

    private static Map<String, Object> clientSettings(DoctorSettings settings) {
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

    private CheckResult topics() {
        try {
            var missing = new InspectTopics(settings.kafka(), admin, settings.topics()).look();
            return missing.isEmpty()
                    ? CheckResult.ok(
                            "topics",
                            "all %d are there".formatted(settings.topics().all().size()))
                    : CheckResult.warn(
                            "topics",
                            "%s are missing".formatted(missing),
                            "the first start creates them, as freshet.topics.create=true");
        } catch (ConfigurationException e) {
            return CheckResult.fail("topics", String.valueOf(e.getMessage()), "see docs/install.md");
        }
    }
}
