package io.freshet.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found wrong at the start, and what a broker needn't tell. */
class KafkaSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "none", "lz4", "snappy", "zstd"})
    void shouldTakeEveryCodecOfKafka(String codec) {
        assertThatCode(() -> KafkaSettings.check(Map.of("group.protocol", "Classic"), codec))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "group.instance.id, freshet-0, gzip,   kafka.group.instance.id",
        "group.protocol,    consumer,  gzip,   kafka.group.protocol",
        "acks,              all,       brotli, freshet.topics.compression",
        "acks,              all,       GZIP,   freshet.topics.compression",
    })
    void shouldNameTheSettingThatDoesNotGo(String setting, String value, String compression, String said) {
        assertThatThrownBy(() -> KafkaSettings.check(Map.of(setting, value), compression))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "compact,delete", "delete,compact"})
    void shouldNotStartWhereItsMemoryExpires(String policy) {
        assertThatThrownBy(() -> StateTopicPolicy.check("freshet-state", Optional.of(policy)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("topic freshet-state has cleanup.policy=" + policy + ", and must have compact");
    }

    @Test
    void shouldStartWhereTheBrokerDoesNotTell() {
        assertThatCode(() -> StateTopicPolicy.check("freshet-state", Optional.empty()))
                .doesNotThrowAnyException();
        assertThatCode(() -> StateTopicPolicy.check("freshet-state", Optional.of("compact")))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldTakeWhatABrokerTellsAndMissNothingElse() {
        var found = Map.of(
                topic("told"), new Config(List.of(new ConfigEntry("cleanup.policy", "compact"))),
                topic("without-value"), new Config(List.of(new ConfigEntry("cleanup.policy", null))),
                topic("without-entry"), new Config(List.of()));

        assertThat(TopicAdmin.told(found, "cleanup.policy")).isEqualTo(Map.of("told", "compact"));
    }

    private static ConfigResource topic(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }
}
