package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as a person has it, in a real browser; skipped on a machine that has none. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class PageTest {

    /** The text that is hardest to read: the smallest contrast of a colour to its ground, and where it is. */
    private static final String CONTRAST = """
            (() => {
              const channels = colour => colour.match(/[\\d.]+/g).map(Number);
              const light = colour => channels(colour).slice(0, 3).map(c => c / 255)
                .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
              const ground = node => {
                const colour = getComputedStyle(node).backgroundColor;
                return channels(colour)[3] === 0 && node.parentElement ? ground(node.parentElement) : colour;
              };
              return [...document.querySelectorAll('body *')]
                .filter(node => node.checkVisibility() && [...node.childNodes].some(c => c.nodeType === 3 && c.data.trim()))
                .map(node => {
                  const [one, other] = [light(getComputedStyle(node).color), light(ground(node))];
                  const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
                  return {contrast, text: node.textContent.trim().slice(0, 40)};
                })
                .reduce((worst, one) => one.contrast < worst.contrast ? one : worst);
            })()""";

    Scene scene;

    @TestHTTPResource("/")
    URI root;

    private Chromium browser;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Chromium.binary().isPresent(), "no Chromium on this machine");
        browser = Chromium.start(Chromium.binary().get());
        browser.window(1280, 900, "light");
        browser.open(root);
        eventuallyReads("link", "Live");
    }

    @AfterEach
    void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private String text(String id) {
        return browser.evaluate("document.getElementById('%s')?.innerText ?? ''".formatted(id))
                .asText();
    }

    private void eventuallyReads(String id, String text) {
        scene.eventually(() -> assertThat(text(id)).contains(text));
    }

    @Test
    void shouldShowWhatHappensUntilItsEnd() {
        var workspace = Workspace.with(scene, 1);
        var good = workspace.report(0);
        var forbidden = workspace.report(0);
        scene.sandbox().workspace().forbidReport(forbidden);

        scene.change(workspace.changed());

        eventuallyReads("live", "data_source=" + workspace.source());
        eventuallyReads("live", good);
        scene.eventually(
                () -> assertThat(text("live")).containsPattern(good + "\\s+accepted\\s+→\\s+succeeded in \\d"));
        eventuallyReads("runs", good);
        eventuallyReads("trouble", forbidden);
        eventuallyReads("trouble", "HTTP 403");
        assertThat(text("workspaces")).contains("acme", "requests in use", "Mode answers");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void shouldShowForeignWordsAsWords() {
        browser.evaluate("""
                take({what: 'rejected', id: lastId, at: new Date().toISOString(), account: 'acme', report_token: 'r', status: 0,
                  datasets_count: 1, changes_count: 1, reason: '<b>no</b>', message: '<img src=x onerror=alert(1)>'});
                draw()""");

        assertThat(text("trouble")).contains("<b>no</b>", "<img src=x onerror=alert(1)>");
        assertThat(browser.evaluate("document.querySelectorAll('main img, main b').length")
                        .asInt())
                .isZero();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void shouldBeUsedWithTheKeyboardAlone() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().runClock().neverEnds(report);
        scene.change(workspace.changed());
        eventuallyReads("live", report);

        tab();
        assertThat(focused()).isEqualTo("Skip to the content");
        browser.press("Enter", 13);
        for (var presses = 0; presses < 10 && !focused().startsWith("Running"); presses++) {
            tab();
        }
        browser.press("Enter", 13);

        assertThat(browser.evaluate("document.activeElement.getAttribute('aria-expanded')")
                        .asText())
                .isEqualTo("true");
        eventuallyReads("reports", report);
        scene.sandbox().runClock().endsAs(report, "succeeded");
        scene.eventually(() -> assertThat(text("reports")).doesNotContain(report));
    }

    private void tab() {
        browser.press("Tab", 9);
    }

    private String focused() {
        return browser.evaluate("document.activeElement.innerText").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void shouldFitAPhoneAndBeReadable(String colourScheme) {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().runClock().endsAs(report, "failed");
        scene.change(workspace.changed());
        eventuallyReads("trouble", report);

        browser.window(390, 844, colourScheme);

        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(390);
        var worst = browser.evaluate(CONTRAST);
        assertThat(worst.path("contrast").asDouble())
                .as(worst.path("text").asText())
                .isGreaterThanOrEqualTo(4.5);
    }

    @Test
    void shouldNotMoveWhatIsBeingRead() {
        var moved = browser.evaluate("""
                new Promise(done => new PerformanceObserver(list =>
                    done(list.getEntries().reduce((sum, shift) => sum + shift.value, 0)))
                  .observe({type: 'layout-shift', buffered: true}) ?? setTimeout(() => done(0), 1000))""");

        assertThat(moved.asDouble()).isLessThan(0.02);
    }

    @Test
    void shouldSayThatItIsDisconnectedAndConnectAgain() {
        browser.offline(true);
        browser.evaluate("source.dispatchEvent(new Event('error'))"); // a stream that is open already goes on
        eventuallyReads("link", "Disconnected");
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.change(workspace.changed());
        scene.eventually(() -> assertThat(scene.events("run-finished", report)).hasSize(1));

        browser.offline(false);

        eventuallyReads("link", "Live");
        eventuallyReads("live", report);
    }
}
