package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.workspace.Credentials;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KnownExecutorTest {

    private Credentials present = new Credentials("one", "secret");
    private final KnownExecutor executor = new KnownExecutor(() -> present);

    private void posted(String executedBy) {
        executor.get();
        executor.of(ReportRun.of(LenientJson.object("{\"token\":\"a1\",\"_links\":{\"executed_by\":{\"href\":\"%s\"}}}"
                        .formatted(executedBy)
                        .getBytes(StandardCharsets.UTF_8))
                .orElseThrow()));
    }

    @Test
    void shouldKnowWhoExecutesOnceModeHasTakenARun() {
        assertThat(executor.known()).isEmpty();

        posted("/api/freshet");

        assertThat(executor.known()).contains("/api/freshet");
    }

    @Test
    void shouldKnowNothingOfAnotherCredentialUntilModeHasTakenARunWithIt() {
        posted("/api/freshet");
        present = new Credentials("another", "secret");

        executor.get();

        assertThat(executor.known()).isEmpty();
        posted("/api/freshet2");
        assertThat(executor.known()).contains("/api/freshet2");
    }
}
