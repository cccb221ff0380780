package io.freshet.packaged;

import static io.freshet.testing.PackagedApplication.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The artefact with arguments is the command line, and without any it loads nothing of that. */
class CommandLineIT {

    private static Scene scene;
    private static PackagedApplication replica;

    @BeforeAll
    static void start() {
        scene = Scene.open();
        replica = scene.launch(Map.of(), "-Xlog:class+load");
        replica.awaitReady();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @Test
    void shouldCheckTheSettingsOfTheServiceWithoutStartingIt() {
        try (var other = Scene.open()) {
            var doctor = call(other.settings(), "doctor");

            assertThat(doctor.awaitEnd()).as(doctor.log()).isZero();
            assertThat(doctor.lines()).as(doctor.log()).hasSize(7).allMatch(line -> line.matches("(ok|warn) \\w+: .+"));
        }
    }

    @Test
    void shouldSayWhatIsWrongAndWhatToDo() {
        try (var other = Scene.open()) {
            var settings = new HashMap<>(other.settings());
            settings.put("freshet.workspace.secret", "wrong");
            settings.put("freshet.topics.create", "false");
            settings.put("freshet.topics.run-finished", "not-there");
            var doctor = call(settings, "doctor");

            assertThat(doctor.awaitEnd()).as(doctor.log()).isEqualTo(1);
            assertThat(doctor.lines())
                    .as(doctor.log())
                    .hasSize(7)
                    .anyMatch(line -> line.startsWith("fail credential: "))
                    .anyMatch(line -> line.startsWith("fail topics: ") && line.contains("not-there"));
        }
    }

    @Test
    void shouldNameTheSettingThatIsMissing() {
        var doctor = call(Map.of(), "doctor");

        assertThat(doctor.awaitEnd()).as(doctor.log()).isEqualTo(2);
        assertThat(doctor.lines()).hasSize(1).first().asString().contains("freshet.workspace.account");
    }

    @Test
    void shouldKnowItsVersionAndRefuseWhatIsNoCommand() {
        var version = call(Map.of(), "--version");
        var unknown = call(Map.of(), "serve");

        assertThat(version.awaitEnd()).as(version.log()).isZero();
        assertThat(version.lines()).containsExactly("Freshet 0.1.0-SNAPSHOT");
        assertThat(unknown.awaitEnd()).as(unknown.log()).isEqualTo(2);
    }

    @Test
    void shouldTalkToAReplicaThatRuns() {
        var status = call(Map.of("freshet.url", replica.url().toString()), "status");

        assertThat(status.awaitEnd()).as(status.log()).isZero();
        assertThat(status.log()).contains("WORKSPACE", "acme");
    }

    @Test
    @DisabledIfSystemProperty(
            named = "freshet.executable",
            matches = ".+",
            disabledReason = "the executable loads no classes")
    @DisabledIfSystemProperty(named = "freshet.image", matches = ".+", disabledReason = "the image has its own options")
    void shouldLoadNothingOfTheCommandLineWhereItServes() {
        assertThat(loaded("io.freshet.Application")).isNotEmpty();
        assertThat(loaded("picocli.")).isEmpty();
        assertThat(loaded("io.freshet.cli.")).isEmpty();
    }

    private static List<String> loaded(String prefix) {
        return replica.lines().stream()
                .filter(line -> line.contains("] " + prefix) && line.contains(" source: "))
                .toList();
    }
}
