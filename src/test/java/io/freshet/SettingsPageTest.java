package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.SettingsPage.Setting;
import io.freshet.api.WebhookConfig;
import io.freshet.api.access.AccessConfig;
import io.freshet.api.admin.AdminConfig;
import io.freshet.api.produce.WebhooksConfig;
import io.freshet.catalog.CatalogConfig;
import io.freshet.catalog.PrecisionConfig;
import io.freshet.event.Topics;
import io.freshet.intake.IntakeConfig;
import io.freshet.ledger.LedgerConfig;
import io.freshet.mode.ModeConfig;
import io.freshet.replica.ReplicaConfig;
import io.freshet.run.ChangesConfig;
import io.freshet.run.CoalesceConfig;
import io.freshet.run.PostingConfig;
import io.freshet.run.TrackingConfig;
import io.freshet.workspace.ObjectivesConfig;
import io.freshet.workspace.OpenLineageConfig;
import io.freshet.workspace.WorkspaceConfig;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code docs/configuration.md} is made from the comments of {@code application.properties}:
 * {@code ./mvnw test -Dtest=SettingsPageTest -Dsettings.page=write} writes it.
 */
class SettingsPageTest {

    private static final Path PROPERTIES = Path.of("src/main/resources/application.properties");
    private static final Path PAGE = Path.of("docs/configuration.md");

    private final SettingsPage page;

    SettingsPageTest() throws IOException {
        page = SettingsPage.of(Files.readAllLines(PROPERTIES));
    }

    @Test
    void shouldBeThePageThatTheSettingsMake() throws IOException {
        if ("write".equals(System.getProperty("settings.page"))) {
            Files.writeString(PAGE, page.text());
        }

        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("run ./mvnw test -Dtest=SettingsPageTest -Dsettings.page=write")
                .isEqualTo(page.text());
    }

    @Test
    void shouldExplainEverySetting() {
        assertThat(page.settings()).isNotEmpty().allSatisfy(setting -> assertThat(setting.comment())
                .as(setting.property())
                .isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                AccessConfig.class,
                AdminConfig.class,
                CatalogConfig.class,
                PrecisionConfig.class,
                ChangesConfig.class,
                CoalesceConfig.class,
                IntakeConfig.class,
                LedgerConfig.class,
                ModeConfig.class,
                ObjectivesConfig.class,
                OpenLineageConfig.class,
                PostingConfig.class,
                ReplicaConfig.class,
                Topics.class,
                TrackingConfig.class,
                WebhookConfig.class,
                WebhooksConfig.class,
                WorkspaceConfig.class
            })
    void shouldHaveEverySettingWithTheDefaultThatTheCodeHas(Class<?> mapping) {
        var inCode = ConfigMappings.getProperties(ConfigClass.configClass(mapping)).entrySet().stream()
                .map(property -> property.getKey().replace("[*]", "").replace(".*", "") + "="
                        + (property.getValue().hasDefaultValue()
                                ? property.getValue().getDefaultValue()
                                : ""))
                .distinct()
                .toList();

        assertThat(page.settings().stream()
                        .map(setting -> setting.property()
                                        .replace(".\"NAME\"", "")
                                        .replace(".\"TOKEN\"", "")
                                        .replace(".\"VIEW\"", "")
                                        .replace("[0]", "")
                                + "=" + setting.value())
                        .toList())
                .containsAll(inCode);
    }

    @Test
    void shouldReadSettingsWithTheirComments() {
        var lines = Stream.of(
                        "# --- One ---",
                        "# How long,",
                        "# and how often.",
                        "freshet.one.how-long=2s",
                        "# freshet.one.how-often=",
                        "",
                        "# For both.",
                        "",
                        "# --- Wiring: not meant to be changed ---",
                        "mp.messaging.incoming.a.topic=${freshet.one}",
                        "# Where.",
                        "quarkus.http.port=8080",
                        "# --- Development: how ---",
                        "%dev.freshet.one.how-long=1s")
                .toList();

        assertThat(SettingsPage.of(lines).settings())
                .containsExactly(
                        new Setting("freshet.one.how-long", "2s", "How long, and how often."),
                        new Setting("freshet.one.how-often", "", "How long, and how often."),
                        new Setting("quarkus.http.port", "8080", "Where."),
                        new Setting("freshet.one.how-long", "1s", "How long, and how often."));
        assertThat(SettingsPage.of(lines).text()).contains("\nFor both.\n");
    }

    @Test
    void shouldNameTheVariableByTheUsualRule() {
        assertThat(List.of("freshet.coalesce.max-wait", "freshet.workspace.\"eu\".url"))
                .map(property -> new Setting(property, "", "").variable())
                .containsExactly("FRESHET_COALESCE_MAX_WAIT", "FRESHET_WORKSPACE__EU__URL");
    }
}
