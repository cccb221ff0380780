package io.freshet.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.event.WorkspacePartitions;
import io.freshet.testing.TestKafka;
import io.freshet.testing.TestTopics;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Topics that the start refuses: WrongSettingsIT shows for one of them that it ends with this line, and no other. */
@Execution(ExecutionMode.CONCURRENT)
class TopicCheckTest {

    private final TestTopics topics = TestTopics.apart(TestKafka.bootstrapServers());

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void shouldCreateWhatIsMissingIfItMay() {
        assertThat(check(Map.of(), Map.of()).of("acme")).isBetween(0, 3);
    }

    @Test
    void shouldNameTheTopicsThatAreMissing() {
        assertRefused(Map.of(), Map.of("freshet.topics.create", "false"))
                .hasMessageStartingWith("missing topics [")
                .hasMessageContaining(topics.name("freshet-state"))
                .hasMessageEndingWith("or set freshet.topics.create=true");
    }

    @Test
    void shouldRefuseTwinsWithDifferentPartitions() {
        topics.create("freshet-inbox", 3);
        topics.create("freshet-state", 2);

        assertRefused(Map.of(), Map.of())
                .hasMessageContaining(
                        "%s has 3 partitions and %s has 2", topics.name("freshet-inbox"), topics.name("freshet-state"));
    }

    @Test
    void shouldRefuseAStateThatExpires() {
        topics.create("freshet-state", 4, Map.of("cleanup.policy", "compact,delete"));

        assertRefused(Map.of(), Map.of()).hasMessageContaining("cleanup.policy=compact,delete");
    }

    @Test
    void shouldHaveTheTopicOfLineageIfThereIsToBeOne() {
        check(Map.of(), Map.of());
        topics.tellLineage();

        assertRefused(Map.of(), Map.of("freshet.topics.create", "false"))
                .hasMessageStartingWith("missing topics [" + topics.name("lineage") + "]");
        assertThat(check(Map.of(), Map.of()).of("acme")).isBetween(0, 3);
        assertThat(check(Map.of(), Map.of("freshet.topics.create", "false")).of("acme"))
                .isBetween(0, 3);
    }

    @Test
    void shouldRefuseLineageOnAnotherOfItsTopics() {
        for (var name : List.of("upstream-data-changed", "run-accepted", "freshet-inbox")) {
            var other = topics.name(name);
            assertRefused(Map.of(), Map.of("freshet.topics.lineage", other))
                    .hasMessageStartingWith("freshet.topics.lineage is " + other);
            assertRefused(Map.of(), Map.of("freshet.topics.openlineage", other))
                    .hasMessageStartingWith("freshet.topics.openlineage is " + other);
        }
    }

    @Test
    void shouldRefuseOneTopicForTwoOfItsJobs() {
        assertTwice("upstream-data-changed", "upstream-data-changed-dlq");
        assertTwice("run-accepted", "run-finished");
        assertTwice("inbox", "state");
    }

    private void assertTwice(String one, String other) {
        var name = topics.name("twice");
        assertRefused(Map.of(), Map.of("freshet.topics." + one, name, "freshet.topics." + other, name))
                .hasMessage("freshet.topics.%s and freshet.topics.%s are both %s: give each a topic of its own"
                        .formatted(one, other, name));
    }

    @Test
    void shouldLookAtTheSettingsOfKafkasClientsFirst() {
        assertRefused(Map.of("group.instance.id", "freshet-0"), Map.of())
                .hasMessageStartingWith("kafka.group.instance.id");
        assertRefused(Map.of(), Map.of("freshet.topics.compression", "brotli"))
                .hasMessageStartingWith("freshet.topics.compression");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            Map<String, Object> kafka, Map<String, String> settings) {
        return assertThatThrownBy(() -> check(kafka, settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("\n");
    }

    private WorkspacePartitions check(Map<String, Object> more, Map<String, String> settings) {
        var kafka = new HashMap<String, Object>(more);
        kafka.put("bootstrap.servers", TestKafka.bootstrapServers());
        var admin = new KafkaAdmin(Map.of("bootstrap.servers", TestKafka.bootstrapServers()));
        try {
            return new TopicCheck(kafka, admin, topics.mapping(settings)).partitions();
        } finally {
            admin.close();
        }
    }
}
