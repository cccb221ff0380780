package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.PageInBrowser;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as a person has it, in a real browser: what happens, and how it stands when things go wrong. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class PageTest extends OnThePage {

    @Test
    void shouldShowAChangeUntilItsReportsHaveRun() {
        var workspace = Workspace.with(scene, 1);
        workspace.report(0);
        var forbidden = workspace.report(0);
        scene.sandbox().workspace().forbidReport(forbidden);

        scene.change(workspace.changed());

        page.eventuallyReads(
                "#main ol[aria-label^=Changes] li",
                "data source " + workspace.source(),
                "partly",
                "2 runs · 1 not well");
        page.eventuallyReads("#main ol[aria-label^=Failed]", forbidden, "rejected: forbidden", "HTTP 403");
        assertThat(page.text("#main")).contains("acme", "requests in use", "Mode answers");
        assertThat(page.browser().complaints()).isEmpty();
    }

    @Test
    void shouldTellWhatHappensAsItHappens() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        page.go("activity");

        scene.change(workspace.changed());

        page.eventuallyReads("#main ol", "data source " + workspace.source());
        scene.eventually(() ->
                assertThat(page.text("#main ol")).containsPattern(report + "\\s+accepted\\s+→\\s+succeeded in \\d"));
        page.eventuallyReads("#main table", report);
    }

    @Test
    void shouldStandStillWhileItIsPaused() {
        page.go("activity");
        page.press("Pause");
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.change(workspace.changed());
        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(1));
        assertThat(page.text("#main")).doesNotContain(report);

        page.press("Pause");

        page.eventuallyReads("#main ol", report);
    }

    @Test
    void shouldShowForeignWordsAsWords() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.reportCalled("<b>no</b> <img src=x onerror=alert(1)>");
        scene.change(workspace.changed());

        page.go("reports?q=" + report);

        page.eventuallyReads("#main tbody", "<b>no</b> <img src=x onerror=alert(1)>");
        assertThat(page.count("main img, main b")).isZero();
        assertThat(page.browser().complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {PageInBrowser.DESK, PageInBrowser.PHONE})
    void shouldNotMoveWhatIsBeingRead(int width) {
        page.window(width, "light");
        page.reload();
        page.eventuallyReads("#main .cards", "acme");

        var moved = page.browser().evaluate("""
                new Promise(done => new PerformanceObserver(list =>
                    done(list.getEntries().reduce((sum, shift) => sum + shift.value, 0)))
                  .observe({type: 'layout-shift', buffered: true}) ?? setTimeout(() => done(0), 1000))""");

        assertThat(moved.asDouble()).isLessThan(0.02);
    }

    @Test
    void shouldLeaveAloneWhatHasNotChanged() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.change(workspace.changed());
        page.go("reports?q=" + report + "&state=settled");
        page.eventuallyReads("#main tbody", report);
        page.browser().evaluate("window.row = document.querySelector('#main tbody tr')");

        var asked = questions();

        var other = Workspace.with(scene, 1);
        other.report(0);
        scene.change(other.changed());
        scene.eventually(() -> assertThat(questions()).as("it has asked again").isGreaterThan(asked + 1));

        assertThat(page.browser().evaluate("window.row.isConnected").asBoolean())
                .isTrue();
    }

    private int questions() {
        return page.browser()
                .evaluate(
                        "performance.getEntriesByType('resource').filter(one => one.name.includes('/reports?')).length")
                .asInt();
    }

    @Test
    void shouldSayThatItIsDisconnectedAndConnectAgain() {
        page.go("activity");
        page.browser().offline(true);
        page.browser()
                .evaluate("import('/page/stream.js').then(stream => stream.lost())"); // a stream that is open already
        // goes on
        page.eventuallyReads("#link", "Disconnected");
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.change(workspace.changed());
        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(1));

        page.browser().offline(false);

        page.eventuallyReads("#link", "Live");
        page.eventuallyReads("#main ol", report);
    }

    @Test
    void shouldSayWhereNothingIs() {
        page.go("no/such/place");

        page.eventuallyReads("#main h1", "There is no such page");
    }
}
