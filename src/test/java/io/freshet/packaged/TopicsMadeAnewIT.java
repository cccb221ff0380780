package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import io.freshet.testing.TestKafka;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Topics that are deleted and made again while a replica runs: what comes then is taken, whatever offsets it has. */
@Execution(ExecutionMode.CONCURRENT)
@Order(5) // it takes long, so it begins early
class TopicsMadeAnewIT {

    private static final String SPACE = "59ace0000001";
    private static final String SOURCE = "50acce0f0001";
    private static final String DATASET = "da7a5e700001";
    private static final String CHANGE = "{\"data_source\": \"" + SOURCE + "\"}";

    private static Scene scene() {
        var scene = Scene.open(Prompt.MODE);
        var workspace = scene.sandbox().workspace();
        workspace.addSpace(SPACE, "Sales");
        workspace.addDataSource(SOURCE, "Warehouse");
        workspace.addDataset(DATASET, "orders", SOURCE, SPACE);
        workspace.addReport("4e9047000001", "Orders", SPACE, DATASET);
        return scene;
    }

    private static void makeAnew(Scene scene, String topic, int partitions) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            admin.deleteTopics(List.of(scene.topics().name(topic))).all().get();
        }
        scene.topics().create(topic, partitions);
    }

    private static void changeAndAwaitRuns(Scene scene, int runs) {
        scene.change(CHANGE);
        scene.eventually(() -> assertThat(scene.events("run-finished")).hasSize(runs));
    }

    @Test
    void shouldTakeChangesFromATopicThatIsNewUnderItsOldName() throws Exception {
        try (var scene = scene()) {
            scene.topics().create("upstream-data-changed", 1);
            var application = scene.start(Prompt.SETTINGS);
            changeAndAwaitRuns(scene, 1);
            changeAndAwaitRuns(scene, 2);

            makeAnew(scene, "upstream-data-changed", 1);

            changeAndAwaitRuns(scene, 3);
            assertThat(application.getManaged("/q/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldWantARestartIfItsInboxIsAnotherAndTakeWhatIsThereThen() throws Exception {
        try (var scene = scene()) {
            var application = scene.start(Prompt.SETTINGS);
            changeAndAwaitRuns(scene, 1);

            makeAnew(scene, "freshet-inbox", 4);

            scene.eventually(() -> {
                var live = application.getManaged("/q/health/live");
                assertThat(live.statusCode()).as(live.body()).isEqualTo(503);
                assertThat(live.body()).contains("freshet-inbox was deleted and made again");
            });
            application.kill();
            scene.start(Prompt.SETTINGS);
            changeAndAwaitRuns(scene, 2);
        }
    }
}
