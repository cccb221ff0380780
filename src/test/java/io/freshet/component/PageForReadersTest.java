package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.cli.Call;
import io.freshet.testing.PageInBrowser;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The page where reading takes a role, too. */
@QuarkusTest
@TestProfile(PageForReadersTest.ReadByRole.class)
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class PageForReadersTest {

    /** Nothing is read without one. */
    public static class ReadByRole implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("freshet.read.auth", "role");
        }
    }

    private static final String WAY_IN = "Sign in to read";
    private static final List<String> PLACES =
            List.of("", "reports", "changes", "last-day", "workspaces/acme", "activity");

    Scene scene;

    @TestHTTPResource("/")
    URI root;

    @Test
    void shouldShowAWayInAndNothingElseUntilSomebodySignsIn() {
        var workspace = Workspace.with(scene, 1);
        var report = workspace.report(0);

        try (var page = PageInBrowser.open(root, scene, WAY_IN)) {
            for (var place : PLACES) {
                page.go(place);
                page.eventuallyReads("#main", "token");
                assertThat(page.text("#main")).as(place).doesNotContain("Mode answers", "freshet send", "None of");
                assertThat(page.violations()).as(place).isEmpty();
            }

            page.signIn(Admin.TOKENS.get("viewer"));

            page.eventuallyReads("#link", "Live");
            page.go("reports");
            page.eventuallyReads("#main .empty code", "freshet send");
            sendAsPrinted(page.text("#main .empty code"), workspace.source());
            page.eventuallyReads("#main tbody", report);
            page.go("reports/acme/" + report);
            page.eventuallyReads("#main .runs", "succeeded");
            page.go("changes");
            page.eventuallyReads("#main ol", "data source " + workspace.source());
            page.go("workspaces/acme");
            page.eventuallyReads("#main", "Mode allows");

            page.press("Sign out");
            page.eventuallyReads("#link", WAY_IN);
            page.eventuallyReadsNot("#main", "Mode allows");
        }
    }

    /** What the page says where nothing has happened yet works as it stands there, but for the data source. */
    private static void sendAsPrinted(String command, String source) {
        var words = command.strip().replace("TOKEN", source).split(" ", -1);
        assertThat(words[0]).isEqualTo("freshet");

        var call =
                Call.of(Map.of("FRESHET_TOKEN", Admin.TOKENS.get("admin")), Arrays.copyOfRange(words, 1, words.length));

        assertThat(call.err()).isEmpty();
        assertThat(call.out()).contains("settled outcome=succeeded");
        assertThat(call.code()).isZero();
    }
}
