package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What may be had done on the page, by whom, and only after a question. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class PageActionsTest extends OnThePage {

    private Workspace refreshed(String[] report) {
        var workspace = Workspace.with(scene, 1);
        report[0] = workspace.report(0);
        scene.change(workspace.changed());
        scene.eventually(
                () -> assertThat(scene.events("run-finished", report[0])).hasSize(1));
        return workspace;
    }

    @Test
    void shouldRefreshAReportOnceItIsConfirmed() {
        var report = new String[1];
        refreshed(report);
        page.signIn(Admin.TOKENS.get("operator"));
        page.go("reports/acme/" + report[0]);

        page.press("Refresh now");
        page.eventuallyReads("dialog", "posts one run of this report");
        assertThat(scene.events("run-finished", report[0]))
                .as("nothing before it is confirmed")
                .hasSize(1);
        page.fill("reason", "the board meets");
        page.submit();

        page.eventuallyReads("#said", "was requested");
        scene.eventually(
                () -> assertThat(scene.events("run-finished", report[0])).hasSize(2));
        page.eventuallyReads("#main .runs", "the board meets");
    }

    @Test
    void shouldHoldAndReleaseAReport() {
        var report = new String[1];
        refreshed(report);
        page.signIn(Admin.TOKENS.get("operator"));
        page.go("reports/acme/" + report[0]);

        page.press("Hold");
        page.fill("why", "month end");
        page.submit();
        page.eventuallyReads("#main .notice", "by operator", "month end");
        page.press("Release");
        page.submit();

        page.eventuallyReads("#main .actions", "Hold");
        assertThat(page.count("#main .notice")).isZero();
    }

    @Test
    void shouldPlanAChangeWithoutDoingIt() {
        var report = new String[1];
        var workspace = refreshed(report);
        page.signIn(Admin.TOKENS.get("operator"));
        page.go("plan");
        page.fill("target", workspace.source());

        page.browser().evaluate("document.querySelector('#main form').requestSubmit()");

        page.eventuallyReads("#main [role=status]", "1 report would be run", report[0]);
        assertThat(scene.events("run-finished", report[0])).hasSize(1);
    }

    @Test
    void shouldWriteDeadLettersAgainOnceTheyWereLookedAt() {
        scene.change("{\"data_source\": \"50acdeadfa6e\"}");
        scene.eventually(() -> assertThat(letters("50acdeadfa6e")).hasSize(1));
        var letter = letters("50acdeadfa6e").get(0);
        page.signIn(Admin.TOKENS.get("operator"));
        page.go("dead-letters");
        page.fill("code", "data_source_not_found");
        page.fill("partition", Integer.toString(letter.partition()));
        page.fill("from_offset", Long.toString(letter.offset()));
        page.fill("to_offset", Long.toString(letter.offset()));
        page.browser().evaluate("document.querySelector('#main form').requestSubmit()");
        page.eventuallyReads("#main table", "50acdeadfa6e");

        page.press("Redrive");
        page.eventuallyReads("dialog", "written to the topic that it came from");
        page.submit();

        page.eventuallyReads("#said", "1 letter was written again.");
        scene.eventually(() -> assertThat(letters("50acdeadfa6e"))
                .as("Mode doesn't know it yet")
                .hasSize(2));
    }

    private List<ConsumerRecord<byte[], byte[]>> letters(String source) {
        return scene.topics().read("upstream-data-changed-dlq").stream()
                .filter(letter ->
                        letter.value() != null && new String(letter.value(), StandardCharsets.UTF_8).contains(source))
                .toList();
    }

    @Test
    void shouldKeepTheTokenInMemoryOnly() {
        page.signIn(Admin.TOKENS.get("operator"));

        assertThat(page.browser()
                        .evaluate(
                                "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href, document.documentElement.outerHTML])")
                        .asText())
                .doesNotContain(Admin.TOKENS.get("operator"));
        page.reload();
        assertThat(page.text("#who")).isEqualTo("Sign in");
    }

    @Test
    void shouldOfferNothingToWhoMayNot() {
        var report = new String[1];
        refreshed(report);
        page.go("reports/acme/" + report[0]);
        page.eventuallyReads("#main .actions", "Sign in to refresh");

        page.signIn(Admin.TOKENS.get("viewer"));

        page.eventuallyReads("#main .actions", "Your token doesn’t allow actions");
        assertThat(page.count("#main .actions button")).isZero();
    }

    @Test
    void shouldSayWhyATokenIsRefused() {
        page.press("Sign in");
        page.fill("token", "not-a-token-that-anybody-has-been-given");
        page.submit();

        page.eventuallyReads("dialog [role=alert]", "Say who you are");
    }
}
