package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Event;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What the SQL of datasets mentions is known to whoever owns the workspace next. */
@Order(8) // it takes long, so it begins early
class KnownSqlIT {

    private static final String SOURCE = "50ac7ab1e001";
    private static final String SPACE = "59ace0000001";
    private static final int DATASETS = 20;
    private static final int MENTION = 3;
    private static final Map<String, String> PRECISE = Prompt.but(Map.of("freshet.workspace.precision", "table"));
    private static final String CHANGE = "{\"data_source\": \"" + SOURCE + "\", \"tables\": [\"core.orders\"]}";

    private static void fill(Scene scene) {
        var workspace = scene.workspace();
        workspace.addDataSource(SOURCE, "Warehouse");
        workspace.addSpace(SPACE, "Sales");
        for (var n = 0; n < DATASETS; n++) {
            var dataset = "da7a5e00%04d".formatted(n);
            workspace.addDataset(dataset, "Dataset " + n, SOURCE, SPACE);
            workspace.sql().write(dataset, "select * from core." + (n < MENTION ? "orders" : "table" + n));
            workspace.addReport("4e905e00%04d".formatted(n), "Report " + n, SPACE, dataset);
        }
        scene.sandbox().runClock().takes(Duration.ofMillis(50), Duration.ofMillis(100));
    }

    private static long sqlRead(Scene scene) {
        return scene.sandbox().calls().count(call -> call.path().endsWith("/queries"));
    }

    private static List<Event> settled(Scene scene, int changes) {
        scene.eventually(() -> assertThat(scene.events("change-settled")).hasSize(changes));
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
        return scene.events("change-settled");
    }

    @Test
    void shouldBeAskedForOnceWhoeverOwnsTheWorkspace() {
        try (var scene = Scene.open(Prompt.MODE)) {
            fill(scene);
            var first = scene.start(PRECISE);
            scene.change(CHANGE);
            settled(scene, 1);
            assertThat(sqlRead(scene)).isEqualTo(DATASETS);

            first.kill();
            var second = scene.start(PRECISE);
            scene.change(CHANGE);
            settled(scene, 2);
            second.stop();
            scene.workspace().sql().write("da7a5e000000", "select * from core.returns");
            scene.start(PRECISE);
            scene.change(CHANGE);

            assertThat(settled(scene, 3))
                    .extracting(event -> event.data().at("/runs/succeeded").asInt())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.of(MENTION, MENTION, MENTION - 1).boxed().toList());
            assertThat(sqlRead(scene)).as("only what was edited").isEqualTo(DATASETS + 1);
        }
    }
}
