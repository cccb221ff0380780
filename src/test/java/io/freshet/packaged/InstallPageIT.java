package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.dev.EmbeddedKafka;
import io.freshet.dev.FreePort;
import io.freshet.testing.InstallPage;
import io.freshet.testing.KafkaTools;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The commands of docs/install.md, on a cluster where Freshet may do nothing else: with them it has all that it needs. */
class InstallPageIT {

    private static final String PASSWORD = "spring tide";

    private final int loginPort = FreePort.any();

    @Test
    void shouldMakeAndGrantAllThatFreshetNeeds() throws Exception {
        try (var kafka = EmbeddedKafka.startWithUser("freshet", PASSWORD, loginPort);
                var scene = Scene.openWithDefaultNames(Prompt.MODE, kafka.bootstrapServers())
                        .tellLineage()) {
            run("kafka-topics.sh", kafka);
            run("kafka-acls.sh", kafka);
            var traffic = Traffic.with(scene, Chaos.random("install page"), 2, 4);
            var application = scene.start(settings());

            scene.change("[]");
            traffic.change();

            scene.eventually(() -> assertThat(scene.events("change-settled")).isNotEmpty());
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            scene.eventually(
                    () -> assertThat(scene.read("upstream-data-changed-dlq")).isNotEmpty());
            scene.eventually(
                    () -> assertThat(application.get("/api/v1/runs").body()).contains("succeeded"));
            assertThat(application.getManaged("/q/health/ready").statusCode()).isEqualTo(200);
            assertThatTheDoctorIsContent(scene);
        }
    }

    /** On one broker. */
    private static void run(String script, EmbeddedKafka kafka) throws Exception {
        for (var call : InstallPage.calls(script)) {
            KafkaTools.call(
                    script,
                    call.replace(InstallPage.SERVERS, kafka.bootstrapServers())
                            .replace("--replication-factor 3", "--replication-factor 1"));
        }
    }

    private Map<String, String> settings() {
        return Prompt.but(Map.of(
                "kafka.bootstrap.servers",
                "localhost:" + loginPort,
                "kafka.security.protocol",
                "SASL_PLAINTEXT",
                "kafka.sasl.mechanism",
                "PLAIN",
                "kafka.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"freshet\" password=\"%s\";"
                        .formatted(PASSWORD),
                "freshet.topics.create",
                "false"));
    }

    private void assertThatTheDoctorIsContent(Scene scene) {
        var settings = new HashMap<>(scene.settings());
        settings.putAll(settings());
        try (var doctor = PackagedApplication.call(settings, "doctor")) {
            assertThat(doctor.awaitEnd()).as(doctor.log()).isZero();
            assertThat(doctor.lines()).as(doctor.log()).hasSize(7).allMatch(line -> line.startsWith("ok "));
        }
    }
}
