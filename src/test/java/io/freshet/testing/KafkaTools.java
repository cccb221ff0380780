package io.freshet.testing;

import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Exit;

/** The scripts of Kafka's distribution, for a shell that has only the jars of the tests. */
public final class KafkaTools {

    private static final Map<String, String> CLASSES = new TreeMap<>(Map.of(
            "kafka-acls.sh", "org.apache.kafka.tools.AclCommand",
            "kafka-configs.sh", "kafka.admin.ConfigCommand",
            "kafka-console-consumer.sh", "org.apache.kafka.tools.consumer.ConsoleConsumer",
            "kafka-console-producer.sh", "org.apache.kafka.tools.ConsoleProducer",
            "kafka-consumer-groups.sh", "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
            "kafka-topics.sh", "org.apache.kafka.tools.TopicCommand",
            "kafka-transactions.sh", "org.apache.kafka.tools.TransactionsCommand"));

    private static final String FUNCTION =
            "%s() { CLASSPATH=$KAFKA_JARS java -Xmx128m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dslf4j.internal.verbosity=ERROR %s \"$@\"; }\n";

    private KafkaTools() {}

    /** A function for each script. They need {@link #environment()}. */
    public static String functions() {
        return CLASSES.entrySet().stream()
                .map(tool -> FUNCTION.formatted(tool.getKey(), tool.getValue()))
                .collect(Collectors.joining());
    }

    /** The same within this JVM, as each start of another takes a second. */
    public static void call(String script, String arguments) throws ReflectiveOperationException {
        Exit.setExitProcedure((code, message) -> {
            if (code != 0) {
                throw new AssertionError(script + " " + arguments);
            }
        });
        try {
            Class.forName(CLASSES.get(script)).getMethod("main", String[].class).invoke(null, (Object)
                    arguments.split(" "));
        } finally {
            Exit.resetExitProcedure();
        }
    }

    /** Without the log of Quarkus, which would be most of what they load. */
    public static Map<String, String> environment() {
        return Map.of(
                "KAFKA_JARS",
                Stream.of(KafkaNode.kafkaClassPath().split(File.pathSeparator))
                        .filter(jar -> !jar.contains("jboss"))
                        .collect(Collectors.joining(File.pathSeparator)));
    }
}
