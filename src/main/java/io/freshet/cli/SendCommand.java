package io.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Tells Freshet of a change, and waits for what becomes of it if asked to. */
final class SendCommand implements Command {

    private static final String SOURCE = "--source";
    private static final String ID = "--id";
    private static final String WAIT = "--wait";
    private static final String TIMEOUT = "--timeout";

    private final Clock clock;

    SendCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public CommandSpec spec() {
        return Change.describe(Options.remote("send", "Tells Freshet that data has changed."))
                .addOption(Options.option(
                        SOURCE, "SOURCE", "Who says so: with --id, what the change is known by. Else /freshet/cli"))
                .addOption(
                        Options.option(ID, "ID", "Which change; sent again it has no further effect. Else a new one"))
                .addOption(Options.flag(WAIT, "Wait until the reports have run, and exit with 1 if that ended badly"))
                .addOption(Options.option(TIMEOUT, "SECONDS", "How long to wait at most. Else 3600"));
    }

    @Override
    public int run(ParseResult given, Terminal terminal) throws InterruptedException {
        var change = Change.read(given);
        var patience = patience(given);
        var api = FreshetApi.of(given, terminal.variables());
        var sent = api.post("/api/v1/changes", change, headers(given));
        if (!sent.isGood()) {
            terminal.trouble("the change was not sent: " + sent.trouble());
            return sent.exitCode();
        }
        var accepted = sent.body().path("accepted").path(0);
        var waits = Options.isSet(given, WAIT);
        if (!Options.isJson(given)) {
            tell(accepted, terminal);
        } else if (!waits) {
            terminal.json(accepted);
        }
        if (!waits) {
            return ExitCode.GOOD;
        }
        var settled = new AwaitChange(api, clock).settled(accepted, patience);
        return settled.isGood() ? end(settled.body(), given, terminal) : end(settled, terminal);
    }

    private static Duration patience(ParseResult given) {
        var text = Options.value(given, TIMEOUT).orElse("3600");
        if (!text.matches("[0-9]{1,9}")) {
            throw new UsageException("--timeout must be a whole number of seconds, and is " + text);
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    /** A CloudEvent's, so that the change has a name that the sender knows. */
    private static Map<String, String> headers(ParseResult given) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce-specversion", "1.0");
        headers.put("ce-type", "io.freshet.data-changed.v1");
        headers.put(
                "ce-source",
                FreshetApi.encodedAttribute(Options.value(given, SOURCE).orElse("/freshet/cli")));
        headers.put(
                "ce-id", FreshetApi.encodedAttribute(Options.value(given, ID).orElseGet(() -> UUID.randomUUID()
                        .toString())));
        return headers;
    }

    private static void tell(JsonNode accepted, Terminal terminal) {
        terminal.line("accepted account=%s source=%s id=%s"
                .formatted(
                        accepted.path("account").asText(),
                        accepted.path("source").asText(),
                        accepted.path("id").asText()));
    }

    private static int end(FreshetApi.Answer unsettled, Terminal terminal) {
        terminal.trouble("the change was sent, and what becomes of it is not known yet: " + unsettled.trouble());
        return unsettled.exitCode();
    }

    private static int end(JsonNode known, ParseResult given, Terminal terminal) {
        var settled = known.path("settled");
        var outcome = settled.path("outcome").asText();
        if (Options.isJson(given)) {
            terminal.json(settled);
        } else {
            terminal.line("settled outcome=%s data=%s succeeded=%d"
                    .formatted(
                            outcome,
                            settled.path("data").asText(),
                            settled.path("runs").path("succeeded").asInt()));
            settled.path("not_succeeded").forEach(one -> terminal.line(reason(one)));
        }
        return outcome.equals("succeeded") || outcome.equals("nothing_to_do") ? ExitCode.GOOD : ExitCode.BAD;
    }

    private static String reason(JsonNode one) {
        return "  %s %s: %s, %s"
                .formatted(
                        one.path("kind").asText(),
                        one.path("token").asText(),
                        one.path("outcome").asText(),
                        one.path("reason").asText());
    }
}
