package io.freshet.component;

import static io.freshet.component.Admin.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.MapAssert;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A change of tables refreshes what mentions them. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class ChangedTablesTest {

    private static final int MANY = 200;
    private static final int MENTION = 6;

    Scene scene;

    @AfterEach
    void keepAllPromises() {
        scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
    }

    private void write(Workspace workspace, int dataset, String sql) {
        scene.workspace().sql().write(workspace.dataset(dataset), sql);
    }

    /** Each has a report of its own. */
    private Workspace withMany() {
        var workspace = Workspace.withTablePrecision(scene, MANY);
        for (var n = 0; n < MANY; n++) {
            workspace.report(n);
            write(workspace, n, n < MENTION ? "select * from core.orders" : "select * from core.table" + n);
        }
        return workspace;
    }

    /** Returns what became of it. */
    private Event settled(String change) {
        var id = "tables-" + UUID.randomUUID();
        scene.change(
                "etl",
                change,
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_type", "io.freshet.data-changed.v1",
                        "ce_source", "/etl",
                        "ce_id", id,
                        "content-type", "application/json"));
        scene.eventually(
                () -> assertThat(of(scene.events("change-settled"), id)).hasSize(1));
        return of(scene.events("change-settled"), id).get(0);
    }

    private static List<Event> of(List<Event> settled, String id) {
        return settled.stream()
                .filter(event -> event.data().at("/change/id").asText().equals(id))
                .toList();
    }

    private List<Event> plan(Event settled) {
        return scene.events("change-planned").stream()
                .filter(plan -> plan.batches().equals(settled.batches()))
                .toList();
    }

    private SortedSet<String> mentioned(Workspace workspace) {
        return new TreeSet<>(
                IntStream.range(0, MENTION).mapToObj(workspace::dataset).toList());
    }

    /** About which datasets of the workspace this was asked, after so many calls of any kind. */
    private SortedSet<String> asked(Workspace workspace, String what, int after) {
        var all = scene.calls();
        var tokens = IntStream.range(0, MANY).mapToObj(workspace::dataset).collect(Collectors.toSet());
        return all.subList(after, all.size()).stream()
                .map(call -> call.path().replaceAll("\\?.*", "").split("/"))
                .filter(path -> path.length == 4 && path[3].equals(what) && tokens.contains(path[2]))
                .map(path -> path[2])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shouldRunTheReportsOfThoseThatMentionTheTableAndAskNothingMoreOnceThatIsKnown() {
        var workspace = withMany();

        var first = settled(workspace.changed("core.orders"));

        assertThat(first.data().at("/runs/succeeded").asInt()).isEqualTo(MENTION);
        assertThat(first.data().at("/runs/left_out").asInt()).isEqualTo(MANY - MENTION);
        assertThat(plan(first)).singleElement().satisfies(plan -> {
            assertThat(plan.all("datasets")).hasSize(MENTION).allSatisfy(dataset -> assertThat(
                            dataset.path("why").asText())
                    .isEqualTo("mentions core.orders"));
            assertThat(plan.all("left_out"))
                    .hasSize(MANY - MENTION)
                    .allSatisfy(one -> assertThat(one.path("reason").asText()).isEqualTo("not_mentioned"));
        });
        assertThat(asked(workspace, "queries", 0)).hasSize(MANY);

        var before = scene.calls().size();
        settled(workspace.changed("CORE.ORDERS"));
        assertThat(asked(workspace, "queries", before)).isEmpty();
        assertThat(asked(workspace, "reports", before))
                .as("who uses the others is of no interest")
                .isEqualTo(mentioned(workspace));
    }

    @Test
    void shouldReadSqlAgainThatWasEdited() {
        var workspace = Workspace.withTablePrecision(scene, 2);
        workspace.report(0);
        workspace.report(1);
        write(workspace, 0, "select * from core.orders");
        write(workspace, 1, "select * from core.returns");
        settled(workspace.changed("core.orders"));
        var before = scene.calls().size();

        write(workspace, 0, "select * from core.stock");
        var none = settled(workspace.changed("core.orders"));

        assertThat(none.text("outcome")).isEqualTo("nothing_to_do");
        assertThat(plan(none)).singleElement().satisfies(plan -> assertThat(plan.all("reports"))
                .isEmpty());
        assertThat(asked(workspace, "queries", before)).containsExactly(workspace.dataset(0));
        assertThat(asked(workspace, "reports", before)).isEmpty();
    }

    @Test
    void shouldRefreshWhatCanNotBeRead() {
        var workspace = Workspace.withTablePrecision(scene, 2);
        workspace.report(0);
        workspace.report(1);
        var fault = scene.sandbox().faults().alwaysStatus(403, call -> call.path()
                .equals("/reports/" + workspace.dataset(1) + "/queries"));

        var settled = settled(workspace.changed("core.orders"));

        fault.lift();
        assertThat(plan(settled)).singleElement().satisfies(plan -> assertThat(plan.all("datasets"))
                .singleElement()
                .satisfies(dataset -> assertThat(dataset.path("why").asText()).isEqualTo("its SQL can't be read")));
        assertThat(settled.data().at("/runs/succeeded").asInt()).isEqualTo(1);
    }

    @Test
    void shouldRefreshWhatMentionsAViewOfTheTable() {
        var workspace = Workspace.withTablePrecision(scene, 2);
        workspace.report(0);
        workspace.report(1);
        write(workspace, 1, "select * from core.v");

        var settled = settled(workspace.changed("core.seen"));

        assertThat(plan(settled)).singleElement().satisfies(plan -> assertThat(plan.all("datasets"))
                .singleElement()
                .satisfies(dataset -> assertThat(dataset.path("why").asText()).isEqualTo("mentions core.v")));
    }

    @Test
    void shouldRefreshAllIfTheChangeNamesNoTable() {
        var workspace = Workspace.withTablePrecision(scene, 2);
        workspace.report(0);
        workspace.report(1);

        var settled = settled(workspace.changed());

        assertThat(settled.data().at("/runs/succeeded").asInt()).isEqualTo(2);
        assertThat(asked(workspace, "queries", 0)).isEmpty();
    }

    @Test
    void shouldTakeNoNoticeOfTablesWhereTheDataSourceIsNotToBeLookedAtSo() {
        var workspace = Workspace.with(scene, 2);
        workspace.report(0);
        workspace.report(1);

        var settled = settled(workspace.changed("core.orders"));

        assertThat(settled.data().at("/runs/succeeded").asInt()).isEqualTo(2);
        assertThat(asked(workspace, "queries", 0)).isEmpty();
    }

    @Test
    void shouldSayInAPlanWhyADatasetIsInOrOut() {
        var workspace = Workspace.withTablePrecision(scene, 3);
        workspace.report(0);
        workspace.report(1);
        write(workspace, 0, "select * from core.orders");
        write(workspace, 1, "select * from {{ table }}");

        var plan = admin().body(workspace.changed("core.orders"))
                .post("/api/v1/plans")
                .then();

        plan.statusCode(200).body("datasets_count", equalTo(2)).body("reports_count", equalTo(2));
        assertWhy(plan.extract().path("datasets.find { it.token == '%s' }".formatted(workspace.dataset(0))))
                .containsEntry("decision", "with_reports")
                .containsEntry("why", "mentions core.orders; its reports are run, and name it");
        assertWhy(plan.extract().path("datasets.find { it.token == '%s' }".formatted(workspace.dataset(2))))
                .containsEntry("decision", "not_mentioned")
                .containsEntry("why", "its SQL mentions none of the tables that changed");
    }

    private static MapAssert<String, String> assertWhy(Map<String, String> dataset) {
        return assertThat(dataset);
    }
}
