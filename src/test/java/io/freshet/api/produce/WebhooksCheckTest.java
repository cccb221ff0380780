package io.freshet.api.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.event.ConfiguredAccounts;
import io.freshet.event.Topics;
import io.freshet.intake.IntakeConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhooksCheckTest {

    private static final String SECRET = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c";

    private static SmallRyeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(WebhooksConfig.class)
                .withMapping(Topics.class)
                .withMapping(IntakeConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build();
    }

    private static void check(Map<String, String> settings, String... accounts) {
        var config = config(settings);
        new WebhooksCheck(
                        config.getConfigMapping(WebhooksConfig.class),
                        ConfiguredAccounts.of(accounts),
                        config.getConfigMapping(Topics.class),
                        config.getConfigMapping(IntakeConfig.class),
                        Clock.systemUTC())
                .check(new StartupEvent());
    }

    private static Map<String, String> good(String kind) {
        return Map.of(
                "freshet.webhooks.\"nightly\".kind", kind,
                "freshet.webhooks.\"nightly\".secret", SECRET,
                "freshet.webhooks.\"nightly\".data-source", "5a1d");
    }

    @Test
    void shouldTakeWhatMakesSense(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("secret"), SECRET + "\n" + SECRET.replace('9', '8') + "\n");
        var ofFile = new HashMap<>(good("fivetran"));
        ofFile.remove("freshet.webhooks.\"nightly\".secret");
        ofFile.put("freshet.webhooks.\"nightly\".secret-file", file.toString());
        ofFile.put("freshet.webhooks.\"nightly\".account", "globex");
        ofFile.put("freshet.webhooks.\"nightly\".tables", "shop.orders,shop.customers");
        ofFile.put("freshet.webhooks.\"nightly\".only", "assembled_creek");

        assertThatCode(() -> {
                    check(Map.of(), "acme");
                    check(good("dbt"), "acme");
                    check(good("airbyte"), "acme");
                    check(ofFile, "acme", "globex");
                })
                .doesNotThrowAnyException();
    }

    @Test
    void shouldReadTablesAndIdsAsPeopleWriteLists() {
        var settings = new HashMap<>(good("dbt"));
        settings.put("freshet.webhooks.\"nightly\".tables", "shop.orders, shop.customers");
        settings.put("freshet.webhooks.\"nightly\".only", "81, 82");

        assertThat(config(settings).getConfigMapping(WebhooksConfig.class).senders())
                .hasEntrySatisfying("nightly", sender -> {
                    assertThat(sender.tables()).contains(List.of("shop.orders", "shop.customers"));
                    assertThat(sender.only()).contains(List.of("81", "82"));
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind        | looker     | freshet.webhooks.\"nightly\".kind must be",
                "secret      | ''         | freshet.webhooks.\"nightly\".secret or .secret-file must be set",
                "secret      | short      | freshet.webhooks.\"nightly\".secret makes no sense",
                "secret-file | /nowhere   | freshet.webhooks.\"nightly\".secret or .secret-file must be set, and only one",
                "data-source | ''         | freshet.webhooks.\"nightly\".data-source is not set",
                "data-source | no token   | freshet.webhooks.\"nightly\" makes no change that can be used: \"data_source\"",
                "account     | nobody     | freshet.webhooks.\"nightly\" makes no change that can be used: No workspace"
            })
    void shouldEndTheStartWithALineThatNamesTheSetting(String setting, String value, String said) {
        var settings = new HashMap<>(good("dbt"));
        settings.put("freshet.webhooks.\"nightly\"." + setting, value);

        assertThatThrownBy(() -> check(settings, "acme"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(said)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void shouldNeedAnAccountWhereThereAreSeveral() {
        assertThatThrownBy(() -> check(good("dbt"), "acme", "globex"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("account");
    }

    @Test
    void shouldTakeNoSecretForAirbyteThatIsNoPartOfAnAddress() {
        var settings = new HashMap<>(good("airbyte"));
        settings.put("freshet.webhooks.\"nightly\".secret", "a/secret/with/slashes/in/it");

        assertThatThrownBy(() -> check(settings, "acme"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("letters, digits");
    }

    @Test
    void shouldKnowASenderByItsNameAlone() {
        var senders = new WebhookSenders(config(good("dbt")).getConfigMapping(WebhooksConfig.class));
        var sender = senders.find("nightly").orElseThrow();

        assertThat(sender.kind()).isEqualTo(WebhookKind.DBT);
        assertThat(senders.find("another")).isEmpty();
        assertThat(senders.accept(sender, "0", Recorded.body("dbt-completed"))).isFalse();
    }
}
