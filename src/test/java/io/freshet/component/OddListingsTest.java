package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class OddListingsTest {

    Scene scene;

    @AfterEach
    void mend() {
        scene.sandbox().faults().clear();
    }

    /** In Mode's own words, and without asking again and again. */
    @Test
    void shouldSayWhyModeRefusesToListWithThisKindOfKey() {
        var workspace = Workspace.with(scene, 1);
        var refused = scene.sandbox()
                .faults()
                .error(400, "bad_request", "unsupported for use with Api Keys", request -> request.path()
                        .contains(workspace.source()));

        scene.change(workspace.changed());

        scene.eventually(() -> assertThat(scene.topics().read("upstream-data-changed-dlq"))
                .filteredOn(letter -> new String(letter.value(), StandardCharsets.UTF_8).contains(workspace.source()))
                .singleElement()
                .satisfies(letter -> assertThat(new String(
                                letter.headers()
                                        .lastHeader("dead-letter-reason")
                                        .value(),
                                StandardCharsets.UTF_8))
                        .contains("unsupported for use with Api Keys")));
        assertThat(refused.struck()).isLessThanOrEqualTo(2);
    }

    /** The data source's others are refreshed. */
    @Test
    void shouldGoOnWithoutADatasetOfWhichAPageOfHtmlSaysThatItIsGone() {
        var workspace = Workspace.with(scene, 2);
        var gone = workspace.report(0);
        var other = workspace.report(1);
        scene.sandbox().faults().page(Integer.MAX_VALUE, 404, request -> request.path()
                .contains("/datasets/" + workspace.dataset(0) + "/reports"));

        scene.change(workspace.changed());

        scene.eventually(() -> assertThat(scene.events("run-finished", other)).hasSize(1));
        assertThat(scene.sandbox().calls().posts(gone)).isEmpty();
    }
}
