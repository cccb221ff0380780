package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Event;
import io.freshet.testing.History;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The main job of what is shipped, on a real broker and over real HTTP. */
class MainJobIT {

    private static final String SOURCE = "50acce0f0001";

    private static String dataset(int number) {
        return "da7a5e700%03d".formatted(number);
    }

    private static String report(int number) {
        return "4e9047000%03d".formatted(number);
    }

    /** Report n uses dataset n mod 5, and the one after it where n is even; besides, one of another source. */
    private static void fill(Scene scene) {
        var workspace = scene.sandbox().workspace();
        workspace.addDataSource(SOURCE, "Warehouse");
        workspace.addDataSource("50acce0f0002", "Elsewhere");
        workspace.addSpace("59ace0000001", "Sales");
        IntStream.range(0, 5).forEach(n -> workspace.addDataset(dataset(n), "Dataset " + n, SOURCE, "59ace0000001"));
        workspace.addDataset(dataset(9), "Other", "50acce0f0002", "59ace0000001");
        IntStream.range(0, 10)
                .forEach(n -> workspace.addReport(
                        report(n),
                        "Report " + n,
                        "59ace0000001",
                        List.copyOf(uses(n, true)).toArray(String[]::new)));
        workspace.addReport(report(99), "Not affected", "59ace0000001", dataset(9));
    }

    private static Set<String> uses(int report, boolean all) {
        var uses = new TreeSet<>(Set.of(dataset(report % 5)));
        if (report % 2 == 0) {
            uses.add(dataset((report + 1) % 5));
        }
        if (all) {
            uses.add(dataset(9));
        }
        return uses;
    }

    @Test
    void shouldPostOneRunPerReportAndFollowItToItsEnd() {
        try (var scene = Scene.open()) {
            fill(scene);
            scene.start();

            scene.change("{\"data_source\": \"%s\", \"reason\": \"nightly load\"}".formatted(SOURCE));

            scene.eventually(() -> assertThat(scene.events("run-finished")).hasSize(10));
            var history = History.of(scene);
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            assertThat(history.posts()).hasSize(10);
            for (var n = 0; n < 10; n++) {
                var posts = scene.sandbox().calls().posts(report(n));
                assertThat(posts).hasSize(1);
                assertThat(posts.get(0).datasetTokens()).isEqualTo(uses(n, false));
            }
            assertThat(history.accepted()).hasSize(10);
            assertThat(history.rejected()).isEmpty();
            assertThat(history.finished()).allSatisfy(event -> {
                assertThat(event.type()).isEqualTo("io.freshet.run-finished.v1");
                assertThat(event.text("outcome")).isEqualTo("succeeded");
                assertThat(event.data().path("freshness_seconds").asDouble()).isPositive();
                assertThat(event.key()).isEqualTo("acme/" + event.report());
            });
            assertThat(scene.topics().read("upstream-data-changed-dlq")).isEmpty();
        }
    }

    @Test
    void shouldMakeAtMostTwoRunsPerReportOfAThousandChanges() {
        try (var scene = Scene.open(Prompt.MODE)) {
            fill(scene);
            scene.start();

            scene.changes(IntStream.range(0, 1_000)
                    .mapToObj(n -> "{\"data_source\": \"%s\"}".formatted(SOURCE))
                    .toList());

            scene.eventually(() -> assertThat(changesTold(scene.events("run-finished"), report(0)))
                    .isEqualTo(1_000));
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            assertThat(History.of(scene).postsByReport()).hasSize(10).allSatisfy((report, posts) -> assertThat(posts)
                    .isBetween(1L, 2L));
            assertThat(scene.sandbox()
                            .calls()
                            .count(call -> call.path().startsWith("/data_sources/")
                                    && call.path().contains("page=1")))
                    .as("once to plan, and once to see whether the data is fresh")
                    .isEqualTo(2);
        }
    }

    private static int changesTold(List<Event> finished, String report) {
        return finished.stream()
                .filter(event -> event.report().equals(report))
                .mapToInt(event -> event.data().path("changes_count").asInt())
                .sum();
    }
}
