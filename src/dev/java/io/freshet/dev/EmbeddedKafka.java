package io.freshet.dev;

import io.smallrye.reactive.messaging.kafka.companion.test.EmbeddedKafkaBroker;
import java.util.Properties;
import java.util.function.Consumer;

/** A real KRaft broker in this process. What it keeps goes when it is closed. */
public final class EmbeddedKafka implements AutoCloseable {

    private final EmbeddedKafkaBroker broker;
    private final String bootstrapServers;
    private final int port;

    private EmbeddedKafka(int port, int clientsPort) {
        this(port, clientsPort, settings -> {});
    }

    private EmbeddedKafka(int port, int clientsPort, Consumer<Properties> more) {
        this.bootstrapServers = "localhost:" + clientsPort;
        this.port = port;
        this.broker = new EmbeddedKafkaBroker()
                .withKafkaHost("localhost")
                .withKafkaPort(port)
                .withControllerPort(FreePort.any())
                .withAdvertisedListeners("PLAINTEXT://" + bootstrapServers)
                .withAdditionalProperties(properties -> {
                    settings(properties);
                    more.accept(properties);
                })
                .start();
    }

    /** On a port that nobody uses. */
    public static EmbeddedKafka start() {
        return on(FreePort.any());
    }

    /** Where nobody may do what is denied, and everybody may do all else. */
    public static EmbeddedKafka startWithRights() {
        var port = FreePort.any();
        return new EmbeddedKafka(port, port, settings -> {
            settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
            settings.put("allow.everyone.if.no.acl.found", "true");
        });
    }

    /** At this second port one logs in with the password, and may do nothing but what is granted. */
    public static EmbeddedKafka startWithUser(String user, String password, int loginPort) {
        var port = FreePort.any();
        return new EmbeddedKafka(port, port, settings -> {
            settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
            settings.put("super.users", "User:ANONYMOUS");
            listen(settings, "LOGIN", "SASL_PLAINTEXT", loginPort);
            settings.put("sasl.enabled.mechanisms", "PLAIN");
            settings.put(
                    "listener.name.login.plain.sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required user_%s=\"%s\";"
                            .formatted(user, password));
        });
    }

    private static void listen(Properties settings, String name, String protocol, int port) {
        var address = ",%s://localhost:%d".formatted(name, port);
        append(settings, "listeners", address);
        append(settings, "advertised.listeners", address);
        append(settings, "listener.security.protocol.map", ",%s:%s".formatted(name, protocol));
    }

    private static void append(Properties settings, String name, String more) {
        settings.put(name, settings.get(name) + more);
    }

    /** Clients are told to come to another port, such as a proxy's, which leads to {@link #port()}. */
    public static EmbeddedKafka startBehind(int clientsPort) {
        return new EmbeddedKafka(FreePort.any(), clientsPort);
    }

    /** On this port, or on another where somebody has it. */
    public static EmbeddedKafka startNear(int port) {
        return on(FreePort.near(port));
    }

    private static EmbeddedKafka on(int port) {
        return new EmbeddedKafka(port, port);
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Small and prompt: one machine, one broker, nobody to wait for. */
    private static void settings(Properties properties) {
        properties.put("auto.create.topics.enable", "false");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("group.min.session.timeout.ms", "1000");
        // A transaction whose producer died is ended soon after its timeout; by default it may take ten seconds more.
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
        properties.put("log.flush.interval.messages", "10000");
    }

    @Override
    public void close() {
        broker.close();
    }
}
