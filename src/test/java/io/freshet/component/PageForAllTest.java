package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page for those who use keys alone, hear it, or have little room for it. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class PageForAllTest extends OnThePage {

    /** Each width and each of the two sets of colours; what a colour lacks, it lacks at any width. */
    @ParameterizedTest
    @CsvSource({"1280, light", "390, dark"})
    void shouldHaveNoBarrierAnywhere(int width, String colourScheme) {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);
        scene.sandbox().runClock().endsAs(report, "failed");
        scene.change(workspace.changed());
        page.eventuallyReads("#main ol[aria-label^=Failed]", report);
        page.signIn(Admin.TOKENS.get("operator"));
        page.window(width, colourScheme);

        for (var place : places(report)) {
            page.go(place.address());
            page.eventuallyReads(place.holds(), place.words());
            assertThat(page.violations()).as(place.address()).isEmpty();
            assertThat(page.width()).as(place.address()).isLessThanOrEqualTo(width);
        }
        page.go("");
        page.press("data source " + workspace.source());
        page.eventuallyReads("#main table", report);
        assertThat(page.violations()).as("a change").isEmpty();
        assertThat(page.width()).as("a change").isLessThanOrEqualTo(width);
    }

    /** An address, and what is to be read there once it is all there. */
    private record Place(String address, String holds, String words) {}

    private static List<Place> places(String report) {
        return List.of(
                new Place("reports", "#main tbody", "settled"),
                new Place("reports/acme/" + report, "#main .runs", "failed"),
                new Place("changes", "#main ol", "data source"),
                new Place("activity", "#main tbody", report),
                new Place("workspaces/acme", "#main .lanes", "post runs"),
                new Place("objectives", "#main h2", "board"),
                new Place("plan", "#main form", "Its token"),
                new Place("dead-letters", "#main form", "Partition"),
                new Place("", "#main .cards", "acme"));
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

        page.eventuallyReads("#said[role=status]", "ended, 1 not well.");
    }

    private void tab() {
        page.browser().press("Tab", 9);
    }

    private void key(String character) {
        page.browser().press(character);
    }
}
