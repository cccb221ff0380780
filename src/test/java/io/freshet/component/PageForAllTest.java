package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.PageInBrowser;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The page for those who use keys alone, hear it, or have little room for it. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class PageForAllTest extends OnThePage {

    @Test
    void shouldHaveNoBarrierAnywhere() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().runClock().endsAs(report, "failed");
        scene.change(workspace.changed());
        page.eventuallyReads("#main ol[aria-label^=Failed]", report);
        page.signIn(Admin.TOKENS.get("operator"));

        for (var place : places(report)) {
            page.go(place.address());
            page.eventuallyReads(place.holds(), place.words());
            assertHasNoBarrier(place.address());
        }
        page.go("");
        page.press("data source " + workspace.source());
        page.eventuallyReads("#main table", report);
        assertHasNoBarrier("a change");
    }

    /** Each width and each of the two sets of colours; what a colour lacks, it lacks at any width. */
    private void assertHasNoBarrier(String place) {
        Map.of(PageInBrowser.DESK, "light", PageInBrowser.PHONE, "dark").forEach((width, colourScheme) -> {
            page.window(width, colourScheme);
            assertThat(page.violations())
                    .as("%s, %d, %s", place, width, colourScheme)
                    .isEmpty();
            assertThat(page.width()).as("%s, %d", place, width).isLessThanOrEqualTo(width);
        });
    }

    /** An address, and what is to be read there once it is all there. */
    private record Place(String address, String holds, String words) {}

    private static List<Place> places(String report) {
        return List.of(
                new Place("reports", "#main tbody", "settled"),
                new Place("reports/acme/" + report, "#main .runs", "failed"),
                new Place("changes", "#main ol", "data source"),
                new Place("last-day", "#main tbody", "data source"),
                new Place("activity", "#main tbody", report),
                new Place("workspaces/acme", "#main .lanes", "post runs"),
                new Place("objectives", "#main h2", "board"),
                new Place("plan", "#main form", "Its token"),
                new Place("dead-letters", "#main form", "Partition"),
                new Place("", "#main .cards", "acme"));
    }

    /** The day stands before the time then. The rows are drawn again now and then, so both are one question. */
    @Test
    void shouldFitAPhoneWhereRunsAreOfYesterday() {
        var workspace = Workspace.with(scene, 1);
        scene.change(workspace.changed());
        page.go("activity");
        page.eventuallyReads("#main tbody", workspace.report(0));
        page.window(PageInBrowser.PHONE, "light");

        var width = page.browser()
                .evaluate(
                        "document.querySelectorAll('#main time').forEach(time => time.textContent = 'Nov 27, 11:59:58 PM');"
                                + " document.documentElement.scrollWidth");

        assertThat(width.asInt()).isLessThanOrEqualTo(PageInBrowser.PHONE);
    }

    @Test
    void shouldBeUsedWithTheKeyboardAlone() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.change(workspace.changed());
        tab();
        assertThat(page.focused()).isEqualTo("Skip to the content");

        key("/");
        page.eventuallyReads("#main h1", "Reports");
        scene.eventually(() -> assertThat(
                        page.browser().evaluate("document.activeElement.name").asText())
                .isEqualTo("q"));
        page.browser().type(report);
        page.eventuallyReads("#main [role=status]", "1 report");
        // Which "21 reports" reads as well, and "1 report" of before the search.
        scene.eventually(() -> assertThat(page.count("#main tbody tr")).isOne());
        page.eventuallyReads("#main tbody", report);
        page.browser().evaluate("document.activeElement.blur()");
        key("j");
        assertThat(page.focused()).isEqualTo("Report " + report);
        page.browser().press("Enter", 13);

        page.eventuallyReads("#main .headline", report);
        assertThat(page.focused()).as("the heading, as on a new page").isEqualTo("Report " + report);
    }

    @Test
    void shouldSayItsKeysAndDoWithoutThem() {
        turnKeys();

        key("g");
        key("r");

        assertThat(page.text("#main h1")).isEqualTo("Overview");
        turnKeys();
        key("g");
        key("r");
        page.eventuallyReads("#main h1", "Reports");
    }

    /** Off, or on again. */
    private void turnKeys() {
        key("?");
        page.eventuallyReads("dialog", "Search reports", "g r");
        page.browser().evaluate("document.querySelector('dialog input').click()");
        page.press("Close");
        scene.eventually(() -> assertThat(page.count("dialog")).isZero());
    }

    @Test
    void shouldSaySometimesHowRunsHaveEnded() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().runClock().endsAs(report, "failed");

        scene.change(workspace.changed());

        // Those of the test before may have ended in the same quarter of a minute.
        scene.eventually(() -> assertThat(page.text("#said[role=status]")).containsPattern("ended, \\d+ not well\\."));
    }

    private void tab() {
        page.browser().press("Tab", 9);
    }

    private void key(String character) {
        page.browser().press(character);
    }
}
