package io.freshet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.catalog.CatalogConfig;
import io.freshet.catalog.PrecisionConfig;
import io.freshet.ledger.LedgerConfig;
import io.freshet.mode.ModeConfig;
import io.freshet.state.TrackingPolicy;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSettingsTest {

    private static final TrackingPolicy DEFAULT_PACE = new TrackingPolicy(
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofHours(24),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            10,
            Duration.ofHours(1));

    @Test
    void shouldHaveTheDefaultsOfTheContract() {
        assertDefaults(config(Map.of()));
    }

    @Test
    void shouldStateTheDefaultsInApplicationProperties() throws IOException {
        var stated = new PropertiesConfigSource(
                RunSettingsTest.class.getClassLoader().getResource("application.properties"));

        assertThat(stated.getPropertyNames())
                .contains("freshet.coalesce.quiet", "freshet.tracking.timeout", "freshet.posting.give-up-after");
        assertDefaults(config(stated.getProperties()));
    }

    @ParameterizedTest
    @CsvSource({
        "freshet.tracking.poll-min, 0s, greater than zero",
        "freshet.tracking.poll-min, -2s, greater than zero",
        "freshet.tracking.poll-max, 1s, at least freshet.tracking.poll-min",
        "freshet.tracking.timeout, 0s, greater than zero",
        "freshet.tracking.vanish-after, -1s, not be negative",
        "freshet.tracking.unclear-after, -1s, not be negative",
        "freshet.mode.max-answer, 0, at least 64K",
        "freshet.posting.grace, -1s, not be negative",
        "freshet.posting.give-up-after, -1s, not be negative",
        "freshet.posting.give-up-attempts, 0, at least 1",
        "freshet.posting.give-up-attempts, -1, at least 1",
        "freshet.coalesce.quiet, -1s, not be negative",
        "freshet.coalesce.max-wait, -1s, not be negative",
        "freshet.changes.remember, -7d, not be negative",
        "freshet.changes.give-up-after, -1s, not be negative",
        "freshet.catalog.ttl, -1s, not be negative",
        "freshet.catalog.size, -1, at least 0",
        "freshet.precision.read-within, -1s, not be negative",
        "freshet.mode.connect-timeout, 0s, greater than zero",
        "freshet.mode.read-timeout, 0s, greater than zero",
        "freshet.ledger.transaction-timeout, 0s, greater than zero",
        "freshet.ledger.transaction-entries, 0, at least 1",
    })
    void shouldNameTheSettingThatMakesNoSense(String name, String value, String why) {
        var config = config(Map.of(name, value));

        assertThatThrownBy(() -> check(config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(name + " is ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "freshet.tracking.poll-min, 60s",
        "freshet.tracking.poll-max, 2s",
        "freshet.tracking.vanish-after, 0s",
        "freshet.posting.grace, 0s",
        "freshet.posting.give-up-after, 0s",
        "freshet.posting.give-up-attempts, 1",
        "freshet.coalesce.quiet, 0s",
        "freshet.coalesce.max-wait, 0s",
        "freshet.changes.remember, 0s",
        "freshet.catalog.size, 0",
        "freshet.ledger.transaction-entries, 1",
    })
    void shouldTakeWhatJustMakesSense(String name, String value) {
        var config = config(Map.of(name, value));

        assertThatCode(() -> check(config)).doesNotThrowAnyException();
    }

    private static void assertDefaults(SmallRyeConfig config) {
        var coalesce = config.getConfigMapping(CoalesceConfig.class);
        assertThat(check(config)).isEqualTo(DEFAULT_PACE);
        assertThat(coalesce.quiet()).isEqualTo(Duration.ofSeconds(2));
        assertThat(coalesce.maxWait()).isEqualTo(Duration.ofSeconds(30));
    }

    /** As at the start. */
    private static TrackingPolicy check(SmallRyeConfig config) {
        new SettingsCheck(
                        config.getConfigMapping(CoalesceConfig.class),
                        config.getConfigMapping(ChangesConfig.class),
                        config.getConfigMapping(CatalogConfig.class),
                        config.getConfigMapping(PrecisionConfig.class),
                        config.getConfigMapping(ModeConfig.class),
                        config.getConfigMapping(LedgerConfig.class))
                .check(new StartupEvent());
        return new RunSettings()
                .policy(
                        config.getConfigMapping(TrackingConfig.class),
                        config.getConfigMapping(PostingConfig.class),
                        config.getConfigMapping(ModeConfig.class));
    }

    private static SmallRyeConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(CoalesceConfig.class)
                .withMapping(ChangesConfig.class)
                .withMapping(CatalogConfig.class)
                .withMapping(PrecisionConfig.class)
                .withMapping(LedgerConfig.class)
                .withMapping(TrackingConfig.class)
                .withMapping(PostingConfig.class)
                .withMapping(ModeConfig.class)
                .withValidateUnknown(false)
                .build();
    }
}
