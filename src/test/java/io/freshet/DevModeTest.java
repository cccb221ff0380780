package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DevModeTest {

    /** Quarkus' Maven plugin looks for this among the system properties of Maven alone, and not in application.properties. */
    @Test
    void shouldBeginWithoutAskingForConsentToBuildAnalytics() throws IOException {
        assertThat(Files.readAllLines(Path.of(".mvn/jvm.config"))).contains("-Dquarkus.analytics.disabled=true");
    }
}
