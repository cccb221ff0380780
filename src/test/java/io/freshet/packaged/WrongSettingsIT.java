package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A setting that is missing or makes no sense stops the start with one line that names it. */
class WrongSettingsIT {

    @ParameterizedTest
    @CsvSource(textBlock = """
            freshet.workspace.account,               ''
            freshet.workspace.rate-limit.requests,   many
            freshet.tracking.poll-max,               1ms
            freshet.topics.create,                   false
            freshet.read.auth,                       sometimes
            freshet.replica.address,                 10.1.2.3:8080
            freshet.replica.hosts,                   http://10.1.2.3
            freshet.topics.compression,              brotli
            kafka.group.instance.id,                 freshet-0
            kafka.group.protocol,                    consumer
            """)
    void shouldEndWithOneLineThatNamesTheSetting(String property, String value) {
        try (var scene = Scene.open()) {
            assertEnds(scene, property, value);
        }
    }

    @Test
    void shouldEndWithOneLineThatNamesAnUnreachableBroker() {
        try (var scene = Scene.open()) {
            assertEnds(scene, "kafka.bootstrap.servers", "localhost:1");
        }
    }

    @Test
    void shouldEndWithOneLineThatNamesTopicsWithDifferentPartitions() {
        try (var scene = Scene.open()) {
            scene.topics().create("freshet-inbox", 3);
            scene.topics().create("freshet-state", 2);

            assertEnds(scene, "freshet.topics.partitions", "3", "freshet-state has 2");
        }
    }

    @Test
    void shouldEndWithOneLineIfItsMemoryWouldExpire() {
        try (var scene = Scene.open()) {
            scene.topics().create("freshet-state", 4, Map.of("cleanup.policy", "compact,delete"));

            assertEnds(scene, "freshet.topics.own-partitions", "4", "cleanup.policy=compact,delete");
        }
    }

    /** Kafka's client asks no address for a token that isn't allowed by a system property. */
    @Test
    void shouldNameThePropertyThatAllowsTheAddressForTokens() {
        try (var scene = Scene.open()) {
            var settings = scene.settings();
            settings.put("kafka.security.protocol", "SASL_PLAINTEXT");
            settings.put("kafka.sasl.mechanism", "OAUTHBEARER");
            settings.put(
                    "kafka.sasl.jaas.config",
                    "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"freshet\" clientSecret=\"s\";");
            settings.put(
                    "kafka.sasl.login.callback.handler.class",
                    "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler");
            settings.put("kafka.sasl.oauthbearer.token.endpoint.url", "http://localhost:1/token");
            try (var application = PackagedApplication.launch(settings)) {
                assertThat(application.awaitEnd()).isNotZero();
                assertThat(application.lines())
                        .as(application.log())
                        .filteredOn(line -> line.contains("org.apache.kafka.sasl.oauthbearer.allowed.urls"))
                        .hasSize(1);
                assertThat(application.log()).doesNotContain("\tat ").doesNotContain("stackTrace");
            }
        }
    }

    @Test
    void shouldSayThatTheUrlLeadsNowhereAndGoOnTrying() {
        try (var scene = Scene.open()) {
            var application = scene.start(Map.of("freshet.workspace.url", "http://localhost:1"));

            scene.change("{\"data_source\": \"50acce0f0001\"}");

            application.awaitLine("freshet.workspace.url");
            assertThat(scene.topics().read("upstream-data-changed-dlq")).isEmpty();
        }
    }

    private static void assertEnds(Scene scene, String property, String value) {
        assertEnds(scene, property, value, property);
    }

    private static void assertEnds(Scene scene, String property, String value, String said) {
        var settings = scene.settings();
        settings.put(property, value);
        try (var application = PackagedApplication.launch(settings)) {
            var code = application.awaitEnd();

            assertThat(code).isNotZero();
            assertThat(application.lines().stream().filter(line -> line.contains(said)))
                    .as(application.log())
                    .hasSize(1);
            assertThat(application.log()).doesNotContain("\tat ").doesNotContain("stackTrace");
        }
    }
}
