package io.freshet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.workspace.CredentialsUnreadable;
import io.freshet.workspace.Workspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Whether Mode answers, takes the key, and has the same time. One call tells all of it. */
record ModeChecks(HttpClient client, Clock clock) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Mode says its time in whole seconds, and a call takes its time. */
    private static final Duration NOTABLE = Duration.ofSeconds(5);

    private static final Duration FAR = Duration.ofSeconds(30);

    List<CheckResult> results(Workspace workspace) throws InterruptedException {
        try {
            var before = clock.instant();
            var answer = client.send(request(workspace), HttpResponse.BodyHandlers.ofByteArray());
            var between = before.plus(Duration.between(before, clock.instant()).dividedBy(2));
            var mode = mode(workspace, answer);
            return mode.level() == CheckResult.Level.OK
                    ? List.of(mode, credential(workspace, answer.statusCode()), clock(answer, between))
                    : notLookedAt(mode);
        } catch (CredentialsUnreadable e) {
            return List.of(
                    CheckResult.warn("mode", "not looked at, as there is no key", "mend the credential first"),
                    CheckResult.fail(
                            "credential",
                            String.valueOf(e.getMessage()),
                            "see that freshet.workspace.credentials-directory has the files token and secret"),
                    CheckResult.warn("clock", "not looked at", "mend the credential first"));
        } catch (IOException e) {
            return notLookedAt(CheckResult.fail(
                    "mode",
                    "%s can't be reached (%s)"
                            .formatted(workspace.url(), e.getClass().getSimpleName()),
                    "see that freshet.workspace.url is right, and that this machine may call it"));
        }
    }

    private static List<CheckResult> notLookedAt(CheckResult mode) {
        return List.of(
                mode,
                CheckResult.warn("credential", "not looked at, as Mode doesn't answer", "mend that first"),
                CheckResult.warn("clock", "not looked at, as Mode doesn't answer", "mend that first"));
    }

    private static HttpRequest request(Workspace workspace) {
        return HttpRequest.newBuilder(URI.create(workspace.url() + "/api/" + workspace.account() + "/data_sources"))
                .timeout(PATIENCE)
                .header("Accept", "application/hal+json")
                .header("Authorization", workspace.credentials().get().authorization())
                .build();
    }

    private static CheckResult mode(Workspace workspace, HttpResponse<byte[]> answer) {
        var status = answer.statusCode();
        if (status / 100 == 5 || status == 429) {
            return CheckResult.fail(
                    "mode", "%s answers %d".formatted(workspace.url(), status), "it has trouble: try again later");
        }
        if (status == 404 && isJson(answer.body())) {
            return CheckResult.fail(
                    "mode",
                    "%s knows no workspace %s".formatted(workspace.url(), workspace.account()),
                    "set freshet.workspace.account to its username in Mode, as it is in Mode's addresses");
        }
        if (status != 401 && status != 403 && (status != 200 || !isJson(answer.body()))) {
            return CheckResult.fail(
                    "mode",
                    "%s answers, but not as Mode does (%d)".formatted(workspace.url(), status),
                    "set freshet.workspace.url to the root of Mode's host, without /api");
        }
        return CheckResult.ok("mode", "%s answers for %s".formatted(workspace.url(), workspace.account()));
    }

    private static boolean isJson(byte[] body) {
        try {
            return new ObjectMapper().readTree(body).isObject();
        } catch (IOException e) {
            return false;
        }
    }

    private static CheckResult credential(Workspace workspace, int status) {
        return switch (status) {
            case 401 ->
                CheckResult.fail(
                        "credential",
                        "Mode refuses the key of " + workspace.account(),
                        "set freshet.workspace.token and .secret to those of an API key that is there");
            case 403 ->
                CheckResult.fail(
                        "credential",
                        "the key may not see the data sources of " + workspace.account(),
                        "take the API key of the workspace, or of a member who sees its data sources");
            default -> CheckResult.ok("credential", "Mode takes the key of " + workspace.account());
        };
    }

    private static CheckResult clock(HttpResponse<byte[]> answer, Instant here) {
        var difference = answer.headers()
                .firstValue("Date")
                .flatMap(ModeChecks::time)
                .map(there -> Duration.between(there, here));
        if (difference.isEmpty()) {
            return CheckResult.warn(
                    "clock", "Mode doesn't say what time it has", "see that this machine's is set by NTP");
        }
        var off = difference.get().abs();
        var what = "%d s %s Mode's".formatted(off.toSeconds(), difference.get().isNegative() ? "behind" : "ahead of");
        var advice = "set this machine's clock by NTP: how fresh reports are would be told wrong";
        return off.compareTo(FAR) >= 0
                ? CheckResult.fail("clock", what, advice)
                : off.compareTo(NOTABLE) >= 0
                        ? CheckResult.warn("clock", what, advice)
                        : CheckResult.ok("clock", "as Mode's, to a few seconds");
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
