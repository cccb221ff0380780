package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void shouldTakeThePicturesOfTheDocumentation() throws Exception {
        take(URI.create(System.getProperty("page.screenshots")), IMAGES);

        assertThat(IMAGES.resolve("page-1280.png")).exists();
        assertThat(IMAGES.resolve("page-390.png")).exists();
    }

    static void take(URI page, Path images) throws Exception {
        Files.createDirectories(images);
        try (var browser = Chromium.start(Chromium.binary().orElseThrow())) {
            browser.window(1280, 1000, "light");
            browser.open(page);
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> browser.evaluate(
                            "document.querySelectorAll('#runs tr').length > 5 && Number(running.value) > 2"
                                    + " && !live.innerText.split('planned')[0].includes('→')")
                    .asBoolean());
            Files.write(images.resolve("page-1280.png"), browser.screenshot());
            browser.window(390, 1250, "dark");
            Files.write(images.resolve("page-390.png"), browser.screenshot());
        }
    }
}
