package io.freshet.mode;

import static io.freshet.mode.Caller.failure;
import static io.freshet.mode.Caller.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.Faults;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.sandbox.SandboxWorkspace;
import io.freshet.testing.LogLines;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
class SecretsTest {

    private static final String REPORT = "001d63d3bebb";
    private static final String DATASET = "dbdff5177298";
    private static final List<String> SECRETS = List.of(
            "Authorization",
            "sandbox-token",
            "sandbox-secret",
            encoded("sandbox-token:sandbox-secret"),
            "wrong-token",
            "wrong-secret",
            encoded("wrong-token:wrong-secret"));

    private final LogLines log = LogLines.of("");

    @AfterEach
    void listenNoMore() {
        log.close();
    }

    /** All of a record, whether it is shown or not. */
    private static String whole(LogRecord record) {
        var thrown = Optional.ofNullable(record.getThrown()).map(Throwable::toString);
        var parameters = Optional.ofNullable(record.getParameters()).map(List::of);
        return record.getMessage() + " " + parameters + " " + thrown;
    }

    @Test
    void shouldNeverShowTheCredential() {
        try (var sandbox = Sandbox.start(SandboxSettings.defaults(), SandboxWorkspace.sample())) {
            var caller = Caller.of(sandbox).withReadTimeout(Duration.ofMillis(300));
            var workspace = caller.workspace();
            var mode = caller.mode();
            sandbox.faults().next(1, Faults.Kind.RESET_BEFORE, request -> true);
            sandbox.faults().next(1, Faults.Kind.HANG, request -> true);
            sandbox.faults().next(1, Faults.Kind.HTML, request -> true);
            var shown = new CopyOnWriteArrayList<String>();
            for (var call = 0; call < 3; call++) {
                shown.add(failure(post(mode, REPORT + call, DATASET)).toString());
            }
            caller.credentials("wrong-token", "wrong-secret");

            shown.add(failure(post(mode, REPORT, DATASET)).toString());

            shown.addAll(List.of(
                    workspace.toString(),
                    workspace.credentials().get().toString(),
                    mode.trouble().orElseThrow().text()));
            var logged = log.records().stream().map(SecretsTest::whole).toList();
            assertThat(logged).anyMatch(line -> line.contains("in_trouble"));
            assertThat(List.of(shown, logged))
                    .allSatisfy(lines -> assertThat(lines).noneMatch(SecretsTest::showsASecret));
        }
    }

    private static String encoded(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean showsASecret(String line) {
        return SECRETS.stream().anyMatch(line::contains);
    }
}
