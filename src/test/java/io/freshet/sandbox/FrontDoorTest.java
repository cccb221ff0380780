package io.freshet.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.SandboxSettings.RateCounting;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrontDoorTest {

    private static final SandboxSettings SETTINGS = SandboxSettings.defaults();

    @Test
    void shouldRefuseAWrongCredential() throws Exception {
        try (var sandbox = sandbox(SETTINGS)) {
            var answer = Caller.of(sandbox, "sandbox-token", "guess").get("data_sources");

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(Caller.json(answer).path("id").asText()).isEqualTo("unauthorized");
            assertThat(Caller.json(answer).path("message").asText()).isNotEmpty();
        }
    }

    @Test
    void shouldRefuseTheOldCredentialAfterARotation() throws Exception {
        try (var sandbox = sandbox(SETTINGS)) {
            sandbox.credentials("new-token", "new-secret");

            assertThat(Caller.of(sandbox).get("data_sources").statusCode()).isEqualTo(401);
            assertThat(Caller.of(sandbox, "new-token", "new-secret")
                            .get("data_sources")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldNotFindAnotherAccount() throws Exception {
        try (var sandbox = sandbox(SETTINGS.withAccount("umbrella"))) {
            var answer = Caller.of(sandbox).get("data_sources");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(Caller.json(answer).path("message").asText()).isEqualTo("account not found");
        }
    }

    @Test
    void shouldKeepWorkspacesBesideEachOtherApart() throws Exception {
        try (var acme = sandbox(SETTINGS.withRateLimit(1, Duration.ofMinutes(1)))) {
            var umbrella = acme.beside("umbrella");
            umbrella.workspace().addDataSource("50acce0f0001", "Warehouse");

            var inAcme = Caller.of(acme).get("data_sources");
            var inUmbrella = Caller.of(umbrella).call("GET", "/api/umbrella/data_sources", "");

            assertThat(inAcme.body()).doesNotContain("50acce0f0001");
            assertThat(inUmbrella.statusCode()).as("acme's limit is used up").isEqualTo(200);
            assertThat(inUmbrella.body()).contains("50acce0f0001");
            assertThat(umbrella.calls().all()).hasSize(1);
        }
    }

    @Test
    void shouldVerifyACredential() throws Exception {
        try (var sandbox = sandbox(SETTINGS)) {
            var answer = Caller.of(sandbox).call("GET", "/api/verify", "");

            assertThat(Caller.json(answer).path("workspace").asText()).isEqualTo("acme");
            assertThat(sandbox.calls().all())
                    .singleElement()
                    .extracting(CallLog.Call::path)
                    .isEqualTo("/api/verify");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WINDOW", "BUCKET"})
    void shouldAnswer429BeyondTheLimit(RateCounting counting) throws Exception {
        var settings = SETTINGS.withRateLimit(2, Duration.ofHours(1)).withCounting(counting);
        try (var sandbox = sandbox(settings)) {
            var mode = Caller.of(sandbox);

            var first = mode.get("data_sources");
            var second = mode.get("data_sources");
            var third = mode.get("data_sources");
            var fourth = mode.get("data_sources");

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(remaining(first)).isEqualTo("1");
            assertThat(remaining(second)).isEqualTo("0");
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("X-RateLimit-Limit")).contains("2");
            assertThat(remaining(third)).isEqualTo("0");
            assertThat(third.headers().firstValue("Retry-After")).isEmpty();
            assertThat(third.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
            assertThat(fourth.statusCode()).isEqualTo(429);
            assertThat(fourth.body()).isEmpty();
            assertThat(sandbox.calls().count(call -> call.status() == 429)).isEqualTo(2);
            assertThat(sandbox.calls().mostInAnyWindow(Duration.ofHours(1))).isEqualTo(4);
        }
    }

    @Test
    void shouldSayHowLongToWaitWhereTold() throws Exception {
        var settings = SETTINGS.withRateLimit(1, Duration.ofSeconds(100)).withRetryAfter(true);
        try (var sandbox = sandbox(settings)) {
            var mode = Caller.of(sandbox);
            mode.get("data_sources");

            var refused = mode.get("data_sources");

            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(80L, 100L);
        }
    }

    @Test
    void shouldDateEveryAnswer() throws Exception {
        try (var sandbox = sandbox(SETTINGS)) {
            var answer = Caller.of(sandbox, "no", "body").get("data_sources");

            var date = ZonedDateTime.parse(
                    answer.headers().firstValue("Date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME);
            assertThat(Duration.between(date, ZonedDateTime.now(date.getZone())).abs())
                    .isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void shouldLogWhatArrived() throws Exception {
        try (var sandbox = sandbox(SETTINGS)) {
            var report = sandbox.workspace().reports().get(0);
            var datasets = sandbox.workspace().datasetsOf(report);
            var dataset = datasets.iterator().next();

            Caller.of(sandbox)
                    .post("reports/" + report + "/runs", "{\"dataset_tokens\":[{\"token\":\"" + dataset + "\"}]}");
            Caller.of(sandbox).get("reports/" + report + "/runs?page=2");

            assertThat(sandbox.calls().posts(report)).singleElement().satisfies(call -> {
                assertThat(call.path()).isEqualTo("/reports/" + report + "/runs");
                assertThat(call.report()).contains(report);
                assertThat(call.datasetTokens()).isEqualTo(Set.of(dataset));
                assertThat(call.status()).isEqualTo(202);
                assertThat(call.tookEffect()).isTrue();
            });
            assertThat(sandbox.calls().all().get(1).path()).isEqualTo("/reports/" + report + "/runs?page=2");
            sandbox.calls().clear();
            assertThat(sandbox.calls().all()).isEmpty();
        }
    }

    private static Sandbox sandbox(SandboxSettings settings) {
        return Sandbox.start(settings, SandboxWorkspace.sample());
    }

    private static String remaining(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-RateLimit-Remaining").orElse("");
    }
}
