package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Chromium;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Takes the pictures of the documentation from a Freshet that runs, such as {@code ./mvnw quarkus:dev}:
 * {@code ./mvnw test -Dtest=PageScreenshotsTest -Dpage.screenshots=http://localhost:8080/}.
 */
@EnabledIfSystemProperty(named = "page.screenshots", matches = "http.*")
class PageScreenshotsTest {

    private static final Path IMAGES = Path.of("docs/images");

    /** Goes to the first change that is still open of which some is done; false while there is none. */
    private static final String TO_AN_OPEN_CHANGE = """
            fetch('api/v1/batches?state=open').then(answer => answer.json()).then(({batches}) => {
              const one = batches.find(({runs}) => runs.succeeded > 2 && runs.open > 2);
              if (one) location.hash = `#/changes/${one.account}?batch=${one.batch}`;
              return one !== undefined;
            })""";

    /** Goes to a report that failed, or to any. */
    private static final String TO_A_REPORT = """
            fetch('api/v1/reports?outcome=failed,succeeded').then(answer => answer.json()).then(({reports}) => {
              const one = reports.find(report => report.last_outcome === 'failed') ?? reports[0];
              location.hash = `#/reports/${one.account}/${one.token}`;
            })""";

    @Test
    void shouldTakeThePicturesOfTheDocumentation() throws Exception {
        Files.createDirectories(IMAGES);
        try (var browser = Chromium.open()) {
            browser.window(1280, 1000, "light");
            browser.open(URI.create(System.getProperty("page.screenshots")));
            until(browser, "document.querySelectorAll('ol[aria-label^=Changes] .bar').length > 5");
            take(browser, "page-1280");
            browser.window(390, 1250, "dark");
            take(browser, "page-390");

            until(browser, TO_AN_OPEN_CHANGE);
            until(browser, "document.querySelectorAll('.timeline').length > 2");
            take(browser, "change-390");
            browser.window(1280, 1000, "light");
            take(browser, "change-1280");

            browser.evaluate(TO_A_REPORT);
            until(browser, "document.querySelectorAll('.runs tbody tr').length > 0");
            take(browser, "report-1280");
            browser.window(1280, 1000, "dark");
            browser.evaluate("location.hash = '#/workspaces/acme'");
            until(browser, "document.querySelectorAll('.chart rect').length > 5");
            take(browser, "workspace-1280");
        }
    }

    private static void until(Chromium browser, String condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> browser.evaluate(condition).asBoolean());
    }

    private static void take(Chromium browser, String name) throws IOException {
        var picture = browser.screenshot();
        assertThat(picture).as(name).hasSizeGreaterThan(10_000);
        Files.write(IMAGES.resolve(name + ".png"), picture);
    }
}
