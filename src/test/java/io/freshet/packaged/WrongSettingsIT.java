package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A setting that is missing or makes no sense stops the start with one line that names it. Here is one for each place that
 * judges settings. What each of them refuses is shown by WorkspacesTest, RunSettingsTest, AccessCheckTest, ThisReplicaTest,
 * KafkaSettingsTest and TopicCheckTest, without a process for each.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WrongSettingsIT {

    private final Scene nowhere = Scene.open();

    /** It waits for half a minute, while the others are looked at. */
    @SuppressWarnings("NullAway.Init")
    private PackagedApplication withoutBroker;

    @BeforeAll
    void launchWithoutBroker() {
        var settings = nowhere.settings();
        settings.put("kafka.bootstrap.servers", "localhost:1");
        withoutBroker = PackagedApplication.launch(settings);
    }

    @AfterAll
    void close() {
        withoutBroker.close();
        nowhere.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            freshet.workspace.account,               ''
            freshet.workspace.rate-limit.requests,   many
            freshet.tracking.poll-max,               1ms
            freshet.ledger.transaction-entries,      0
            freshet.topics.create,                   false
            freshet.replica.address,                 10.1.2.3:8080
            """)
    void shouldEndWithOneLineThatNamesTheSetting(String property, String value) {
        try (var scene = Scene.open()) {
            assertEnds(scene, property, value);
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void shouldEndWithOneLineThatNamesAnUnreachableBroker() {
        assertEnds(withoutBroker, "kafka.bootstrap.servers");
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
        var settings = scene.settings();
        settings.put(property, value);
        try (var application = PackagedApplication.launch(settings)) {
            assertEnds(application, property);
        }
    }

    private static void assertEnds(PackagedApplication application, String said) {
        var code = application.awaitEnd();

        assertThat(code).isNotZero();
        assertThat(application.lines().stream().filter(line -> line.contains(said)))
                .as(application.log())
                .hasSize(1);
        assertThat(application.log()).doesNotContain("\tat ").doesNotContain("stackTrace");
    }
}
