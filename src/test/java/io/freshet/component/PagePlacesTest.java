package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The places of the page, each with an address of its own. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class PagePlacesTest extends OnThePage {

    /** A change with an identity, one report that runs well and one that fails. */
    private record Settled(Workspace workspace, String good, String bad, String id) {

        static Settled in(Scene scene) {
            var workspace = Workspace.with(scene, 1);
            var settled =
                    new Settled(workspace, workspace.report(0), workspace.report(0), "load-" + workspace.source());
            scene.sandbox().runClock().endsAs(settled.bad(), "failed");
            scene.change(
                    settled.id(),
                    workspace.changed(),
                    Map.of(
                            "ce_specversion", "1.0",
                            "ce_type", "io.freshet.data-changed.v1",
                            "ce_source", "/etl/page",
                            "ce_id", settled.id()));
            scene.eventually(() -> assertThat(scene.events("change-settled"))
                    .anySatisfy(event ->
                            assertThat(event.data().at("/change/id").asText()).isEqualTo(settled.id())));
            return settled;
        }
    }

    @Test
    void shouldFindReportsByWhatTheAddressAsksFor() {
        var settled = Settled.in(scene);

        page.go("reports?q=" + settled.workspace().dataset(0).substring(4, 8) + "&outcome=failed,timed_out,rejected");

        page.eventuallyReads("#main tbody", settled.bad(), "failed");
        assertThat(page.text("#main tbody")).doesNotContain(settled.good());
    }

    @Test
    void shouldKeepInTheAddressWhatIsTyped() {
        var settled = Settled.in(scene);
        page.go("reports");
        page.eventuallyReads("#main h1", "Reports");

        page.fill("q", settled.good());
        page.fill("state", "settled");

        scene.eventually(
                () -> assertThat(page.place()).isEqualTo("#/reports?q=%s&state=settled".formatted(settled.good())));
        page.eventuallyReads("#main [role=status]", "1 report");
        page.reload();
        page.eventuallyReads("#main tbody", settled.good());
        assertThat(page.browser()
                        .evaluate("document.querySelector('[name=q]').value")
                        .asText())
                .isEqualTo(settled.good());
    }

    @Test
    void shouldKeepFiltersUnderANameInThisBrowser() {
        var settled = Settled.in(scene);
        page.go("reports?q=" + settled.good() + "&state=settled");
        page.eventuallyReads("#main [role=status]", "1 report");

        page.press("Save these filters");
        page.fill("name", "Mine");
        page.submit();

        page.eventuallyReads("#main .saved", "Mine");
        page.go("reports");
        page.reload();
        page.press("Mine");
        scene.eventually(
                () -> assertThat(page.place()).isEqualTo("#/reports?q=%s&state=settled".formatted(settled.good())));
        page.eventuallyReads("#main [role=status]", "1 report");
        assertThat(page.violations()).isEmpty();

        page.press("✕");
        scene.eventually(() -> assertThat(page.count("#main .saved li")).isZero());
        assertThat(page.browser()
                        .evaluate("localStorage.getItem('freshet.saved-filters')")
                        .asText())
                .isEqualTo("[]");
    }

    @Test
    void shouldShowTheLastDayByDataSource() {
        var settled = Settled.in(scene);
        page.go("changes");

        page.press("The last day, by data source");

        var source = settled.workspace().source();
        scene.eventually(
                () -> assertThat(page.browser().evaluate("""
                                [...document.querySelectorAll('#main tbody tr')].find(row => row.innerText.includes('%s'))
                                  ?.querySelector('a')?.textContent ?? ''""".formatted(source)).asText())
                        .isEqualTo("!1 change: partly"));
        assertThat(page.browser().complaints()).isEmpty();
        page.browser().evaluate("""
                [...document.querySelectorAll('#main tbody tr')].find(row => row.innerText.includes('%s'))
                  .querySelector('a').click()""".formatted(source));
        page.eventuallyReads("#main h1", "data source " + source);
    }

    @Test
    void shouldCallACollectionWhatPeopleCallIt() {
        var workspace = Workspace.with(scene, 1);
        workspace.report(0);
        page.go("changes");

        scene.change("{\"space\": \"%s\"}".formatted(workspace.space()));

        page.press("Collection Space " + workspace.number());
        page.eventuallyReads("#main h1", "Collection Space " + workspace.number());
        page.eventuallyReads("#main .facts", "Collection Space " + workspace.number(), workspace.space());
    }

    @Test
    void shouldShowWhatAReportIsAndWhyItRan() {
        var settled = Settled.in(scene);

        page.go("reports/acme/" + settled.bad());

        page.eventuallyReads("#main h1", "Report " + settled.bad());
        page.eventuallyReads("#main .runs", "failed", "/etl/page", settled.id());
        assertThat(page.browser()
                        .evaluate("document.querySelector('#main .headline .outside').href")
                        .asText())
                .endsWith("/acme/reports/" + settled.bad());
        page.press("/etl/page");
        page.eventuallyReads("#main h1", settled.id());
    }

    @Test
    void shouldFollowAChangeToTheEndOfEachReport() {
        var settled = Settled.in(scene);

        page.go("changes/acme?source=/etl/page&id=" + settled.id());

        page.eventuallyReads("#main .headline", settled.id(), "partly");
        page.eventuallyReads("#main .large", "2 runs · 1 not well");
        page.eventuallyReads("#main table", settled.good(), settled.bad(), "succeeded", "failed");
        scene.eventually(
                () -> assertThat(page.count("#main .timeline .ran.failed")).isEqualTo(1));
    }

    @Test
    void shouldSayHowMuchOfAChangeIsDone() {
        var workspace = Workspace.with(scene, 1);
        workspace.report(0);
        var open = workspace.report(0);
        scene.sandbox().runClock().neverEnds(open);
        scene.change(workspace.changed());
        page.press("data source " + workspace.source());

        page.eventuallyReads("#main .large", "1 of 2 done, about");
        scene.sandbox().runClock().endsAs(open, "succeeded");

        page.eventuallyReads("#main .large", "2 runs");
    }

    @Test
    void shouldSayWhatAChangeThatNobodyKnowsMayBe() {
        page.go("changes");
        page.fill("account", "acme");
        page.fill("source", "/etl/none");
        page.fill("id", "none");
        page.press("Find the change");

        page.eventuallyReads("#main .notice", "No change with this source and id is known");
    }

    @Test
    void shouldShowWhoUsesTheRequestLimitOfAWorkspace() {
        Settled.in(scene);

        page.go("workspaces/acme");

        page.eventuallyReads(
                "#main .lanes", "post runs", "ask after runs", "answered 429"); // other tests' Mode says it
        page.eventuallyReads("#main", "Mode allows", "400 in 1", "Circuit", "closed");
        scene.eventually(() -> assertThat(page.count("#main .chart .lane-post")).isPositive());
    }

    @Test
    void shouldShowHowObjectivesStand() {
        page.go("objectives");

        page.eventuallyReads("#main h2", "board of acme");
        page.eventuallyReads("#main", "within 1.5");
    }
}
