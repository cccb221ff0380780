package io.freshet.component;

import static io.freshet.component.Admin.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.freshet.sandbox.CallLog;
import io.freshet.testing.Event;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
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
    private static final Pattern LATER_PAGE = Pattern.compile("[?&]page=([2-9]|\\d\\d)");

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

    /** Of the datasets of the workspace, how often each kind of call was made, a listing of many pages once. */
    private Map<String, Integer> calls(Workspace workspace) {
        var calls = new TreeMap<String, Integer>();
        for (var call : scene.calls()) {
            if (LATER_PAGE.matcher(call.path()).find()) {
                continue; // asked for beside the first one where the request limit leaves room for it
            }
            if (call.path().startsWith("/data_sources/" + workspace.source())) {
                calls.merge("listing", 1, Integer::sum);
            } else if (call.path().contains("da7a%04d".formatted(workspace.number()))) {
                calls.merge(kind(call), 1, Integer::sum);
            }
        }
        return calls;
    }

    private static String kind(CallLog.Call call) {
        return call.path().replaceAll("\\?.*|.*/", "");
    }

    private static Map<String, Integer> less(Map<String, Integer> all, Map<String, Integer> before) {
        var less = new TreeMap<>(all);
        before.forEach((kind, count) -> less.merge(kind, -count, Integer::sum));
        less.values().removeIf(count -> count == 0);
        return less;
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
        var known = calls(workspace);
        assertThat(known).containsEntry("queries", MANY);

        settled(workspace.changed("CORE.ORDERS"));
        var precise = less(calls(workspace), known);
        assertThat(precise)
                .as("no SQL, and only who uses these")
                .doesNotContainKey("queries")
                .containsEntry("reports", MENTION);

        var before = calls(workspace);
        settled("{\"datasets\": [\"%s\"]}".formatted(String.join("\", \"", mentioned(workspace))));
        var named = less(calls(workspace), before);
        assertThat(precise.get("reports")).as("as if they had been named").isEqualTo(named.get("reports"));
    }

    @Test
    void shouldReadSqlAgainThatWasEdited() {
        var workspace = Workspace.withTablePrecision(scene, 2);
        workspace.report(0);
        workspace.report(1);
        write(workspace, 0, "select * from core.orders");
        write(workspace, 1, "select * from core.returns");
        settled(workspace.changed("core.orders"));
        var before = calls(workspace);

        write(workspace, 0, "select * from core.stock");
        var none = settled(workspace.changed("core.orders"));

        assertThat(none.text("outcome")).isEqualTo("nothing_to_do");
        assertThat(plan(none)).singleElement().satisfies(plan -> assertThat(plan.all("reports"))
                .isEmpty());
        assertThat(less(calls(workspace), before)).containsEntry("queries", 1).doesNotContainKey("reports");
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
        assertThat(calls(workspace)).doesNotContainKey("queries");
    }

    @Test
    void shouldTakeNoNoticeOfTablesWhereTheDataSourceIsNotToBeLookedAtSo() {
        var workspace = Workspace.with(scene, 2);
        workspace.report(0);
        workspace.report(1);

        var settled = settled(workspace.changed("core.orders"));

        assertThat(settled.data().at("/runs/succeeded").asInt()).isEqualTo(2);
        assertThat(calls(workspace)).doesNotContainKey("queries");
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
