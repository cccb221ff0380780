package io.freshet.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Has one report run now. */
final class RefreshCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.remote("refresh", "Has one report run now, without a change.")
                .addPositional(Options.argument(0, "ACCOUNT", "The workspace's username in Mode"))
                .addPositional(Options.argument(1, "TOKEN", "The report's token"))
                .addOption(Options.option(
                        "--datasets",
                        "TOKENS",
                        "Which datasets, separated by commas. Else all that the report imports"))
                .addOption(Options.option("--id", "ID", "The same id again is the same request. Else a new one"))
                .addOption(Options.option("--reason", "TEXT", "Carried along"));
    }

    @Override
    public int run(ParseResult given, Terminal terminal) throws InterruptedException {
        var wanted = JsonNodeFactory.instance.objectNode();
        Options.list(given, "--datasets").ifPresent(tokens -> wanted.set("dataset_tokens", tokens));
        Options.value(given, "--id").ifPresent(id -> wanted.put("id", id));
        Options.value(given, "--reason").ifPresent(reason -> wanted.put("reason", reason));
        var path = FreshetApi.path(
                "/api/v1/workspaces/%s/reports/%s/refreshes", Options.argument(given, 0), Options.argument(given, 1));
        var answer = FreshetApi.of(given, terminal.variables()).post(path, wanted, Map.of());
        return new Show("no refresh was asked for", terminal)
                .answer(
                        given,
                        answer,
                        requested -> terminal.line("requested account=%s report=%s source=%s id=%s"
                                .formatted(
                                        requested.path("account").asText(),
                                        requested.path("report_token").asText(),
                                        requested.path("change").path("source").asText(),
                                        requested.path("change").path("id").asText())));
    }
}
