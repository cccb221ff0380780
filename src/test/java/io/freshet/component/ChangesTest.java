package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.LastPage;
import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a change to the runs that it means. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class ChangesTest {

    /** A fifth of the 400 requests that may be under way is left alone by it, so it comes in two waves. */
    private static final int BACKFILL = 600;

    /** The first wave keeps its places for so long, and a second more: the other change must get through meanwhile. */
    private static final Duration SLOW = Duration.ofMillis(1_500);

    Scene scene;

    private static Map<String, String> binary(String source, String id) {
        return Map.of(
                "ce_specversion", "1.0",
                "ce_type", "io.freshet.data-changed.v1",
                "ce_source", source,
                "ce_id", id,
                "ce_time", "2026-01-31T06:00:00Z",
                "content-type", "application/json");
    }

    private void eventuallyFinished(String report, int runs) {
        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(runs));
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    private void eventuallySettled(String report) {
        scene.eventually(() -> assertThat(scene.openChanges()).isEmpty());
        scene.eventually(() -> assertThat(scene.states().stream()
                        .filter(state -> state.key().equals("acme/" + report))
                        .map(state -> state.text("state")))
                .containsExactly("settled"));
    }

    @Test
    void shouldTakeABinaryCloudEvent() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);

        scene.change("etl", workspace.changed(), binary("/etl/orders", "load-1"));

        eventuallyFinished(report, 1);
        var finished = scene.events("run-finished", report).get(0);
        assertThat(finished.changes()).containsExactly("/etl/orders load-1");
        assertThat(finished.data().path("changes").path(0).path("changed_at").asText())
                .isEqualTo("2026-01-31T06:00:00Z");
    }

    @Test
    void shouldTakeAStructuredCloudEvent() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        var event = """
            {"specversion": "1.0", "type": "io.freshet.data-changed.v1", "source": "/etl", "id": "s-1",
             "datacontenttype": "application/json", "data": %s}\
            """.formatted(workspace.changed());

        scene.change("etl", event, Map.of("content-type", "application/cloudevents+json; charset=UTF-8"));

        eventuallyFinished(report, 1);
        assertThat(scene.events("run-accepted", report).get(0).changes()).containsExactly("/etl s-1");
    }

    /** Mode ends its listings in more than one way. Each of them once kept a change waiting for ever. */
    @ParameterizedTest
    @EnumSource
    void shouldDoItsMainJobHoweverModeEndsItsListings(LastPage form) {
        var workspace = Workspace.with(scene, 2);
        var report = workspace.report(0, 1);
        scene.sandbox().workspace().endListingsWith(List.of(form));

        scene.change(workspace.changed());

        eventuallyFinished(report, 1);
        assertThat(scene.events("run-finished", report).get(0).datasets())
                .containsExactlyInAnyOrder(workspace.dataset(0), workspace.dataset(1));
        assertThat(scene.sandbox().calls().posts(report)).hasSize(1);
    }

    @AfterEach
    void endListingsInEachFormInTurn() {
        scene.sandbox().workspace().endListingsWith(List.of(LastPage.values()));
    }

    @Test
    void shouldAskModeAnewForAChangeThatComesWhileAListingIsRead() {
        var workspace = Workspace.with(scene, 1);
        var known = workspace.report(0);
        var listing = scene.sandbox().faults().slow(1, Duration.ofSeconds(2), request -> request.path()
                .startsWith("/datasets/" + workspace.dataset(0) + "/reports"));
        scene.change(workspace.changed());
        scene.eventually(() -> assertThat(scene.sandbox().calls().count(call -> call.path()
                        .startsWith("/datasets/" + workspace.dataset(0) + "/reports")))
                .as("it waits for %s", listing)
                .isPositive());
        var fresh = workspace.report(0);

        scene.change(workspace.changed());

        scene.eventually(() -> assertThat(scene.events("run-finished", fresh)).isNotEmpty());
        scene.eventually(() -> assertThat(scene.events("run-finished", known).stream()
                        .mapToInt(event -> event.changes().size())
                        .sum())
                .isEqualTo(2));
        eventuallySettled(fresh); // both changes may mean it, and no run of a report that is gone can be followed
        scene.sandbox().workspace().removeReport(fresh); // for the judge, it would have been there all the time
    }

    /** The live change is sent by the backfill itself, and what counts is the order in which Mode sees the POSTs. */
    @Test
    void shouldPostForALiveChangeWhileABackfillIsUnderWay() {
        var backfilled = Workspace.with(scene, 1);
        var many = IntStream.range(0, BACKFILL)
                .mapToObj(n -> backfilled.reportIn(backfilled.space(), 0))
                .collect(Collectors.toSet());
        var live = Workspace.with(scene, 1);
        var report = live.report(0);
        var posted = new AtomicInteger();
        var sent = new CompletableFuture<Void>();
        var slow = scene.sandbox().faults().slow(Integer.MAX_VALUE, SLOW, request -> {
            var isBackfill = request.method().equals("POST")
                    && many.stream().anyMatch(token -> request.path().contains(token));
            if (isBackfill && posted.incrementAndGet() == 20) {
                sent.completeAsync(() -> {
                    scene.change(live.changed());
                    return null;
                });
            }
            return isBackfill;
        });

        scene.change(
                "{\"data_source\": \"%s\", \"changed_at\": \"2020-01-01T00:00:00Z\", \"reason\": \"backfill of 2019\"}"
                        .formatted(backfilled.source()));

        eventuallyFinished(report, 1);
        sent.join();
        slow.lift();
        scene.eventually(
                () -> assertThat(scene.events("run-finished").stream().filter(event -> many.contains(event.report())))
                        .hasSize(BACKFILL));
        var order = scene.sandbox().calls().posts().stream()
                .flatMap(call -> call.report().stream())
                .filter(token -> many.contains(token) || token.equals(report))
                .toList();
        assertThat(order.subList(order.indexOf(report) + 1, order.size()))
                .as("much of the backfill comes after it")
                .hasSizeGreaterThan(100);
    }

    @Test
    void shouldCountAChangeThatIsSentTwiceOnce() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        var other = workspace.report(0);
        scene.change("etl", workspace.changed(), binary("/etl/twice", "1"));
        eventuallyFinished(report, 1);

        scene.change("etl", workspace.changed(), binary("/etl/twice", "1"));
        scene.change("etl", workspace.changed(), binary("/etl/twice", "2"));

        eventuallyFinished(report, 2);
        eventuallyFinished(other, 2);
        assertThat(scene.events("run-finished", report))
                .extracting(Event::changes)
                .containsExactlyInAnyOrder(Set.of("/etl/twice 1"), Set.of("/etl/twice 2"));
    }

    @Test
    void shouldRefreshWhatUsesTheDatasetsOfASpace() {
        var workspace = Workspace.with(scene, 3);
        var report = workspace.report(0, 2);

        scene.change("{\"space\": \"%s\", \"account\": \"acme\"}".formatted(workspace.space()));

        eventuallyFinished(report, 1);
        assertThat(scene.events("run-finished", report).get(0).datasets())
                .containsExactlyInAnyOrder(workspace.dataset(0), workspace.dataset(2));
    }

    @Test
    void shouldRefreshWhatUsesTheNamedDatasetsOnly() {
        var workspace = Workspace.with(scene, 3);
        var affected = workspace.report(0, 1);
        var other = workspace.report(2);

        scene.change("{\"datasets\": [\"%s\", \"%s\"]}".formatted(workspace.dataset(1), workspace.dataset(1)));

        eventuallyFinished(affected, 1);
        assertThat(scene.events("run-finished", affected).get(0).datasets()).containsExactly(workspace.dataset(1));
        assertThat(scene.sandbox().calls().posts(other)).isEmpty();
    }

    @Test
    void shouldDoTheKnownDatasetsOfAChangeThatNamesAnUnknownOne() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        var unknown = workspace.dataset(9);

        scene.change("mixed", "{\"datasets\": [\"%s\", \"%s\"]}".formatted(workspace.dataset(0), unknown), Map.of());

        eventuallyFinished(report, 1);
        assertThat(scene.events("change-settled"))
                .filteredOn(event ->
                        event.data().at("/not_succeeded/0/token").asText().equals(unknown))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.text("outcome")).isEqualTo("partly");
                    assertThat(event.data().at("/not_succeeded/0/reason").asText())
                            .isEqualTo("dataset_not_found");
                });
        assertThat(scene.topics().read("upstream-data-changed-dlq"))
                .noneSatisfy(letter -> assertThat(letter.key()).asString().isEqualTo("mixed"));
    }

    @Test
    void shouldLeaveArchivedDatasetsOut() {
        var workspace = Workspace.with(scene, 2);
        var report = workspace.report(0, 1);
        var onlyArchived = workspace.report(1);
        scene.sandbox().workspace().archiveDataset(workspace.dataset(1));

        scene.change(workspace.changed());

        eventuallyFinished(report, 1);
        assertThat(scene.events("run-finished", report).get(0).datasets()).containsExactly(workspace.dataset(0));
        assertThat(scene.sandbox().calls().posts(onlyArchived)).isEmpty();
    }

    @Test
    void shouldNameAllChangesOfARun() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);

        scene.changes(List.of(workspace.changed(), workspace.changed(), workspace.changed()));

        scene.eventually(() -> assertThat(scene.events("run-finished", report).stream()
                        .mapToInt(event -> event.changes().size())
                        .sum())
                .isEqualTo(3));
        assertThat(scene.events("run-finished", report)).hasSizeLessThanOrEqualTo(2);
    }
}
