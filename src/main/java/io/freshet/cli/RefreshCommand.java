package io.freshet.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
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
                .addOption(Options.text("--datasets")
                        .paramLabel("TOKENS")
                        .description("Which datasets, separated by commas. Else all that the report imports")
                        .build())
                .addOption(Options.text("--id")
                        .paramLabel("ID")
                        .description("The same id again is the same request. Else a new one")
                        .build())
                .addOption(Options.text("--reason")
                        .paramLabel("TEXT")
                        .description("Carried along")
                        .build());
    }

    @Override
    public int run(ParseResult given, Terminal terminal) throws InterruptedException {
        var wanted = JsonNodeFactory.instance.objectNode();
        Options.value(given, "--datasets").ifPresent(tokens -> {
            var array = wanted.putArray("dataset_tokens");
            List.of(tokens.split(",", -1)).forEach(token -> array.add(token.strip()));
        });
        Options.value(given, "--id").ifPresent(id -> wanted.put("id", id));
        Options.value(given, "--reason").ifPresent(reason -> wanted.put("reason", reason));
        var path = "/api/v1/workspaces/%s/reports/%s/refreshes"
                .formatted(
                        FreshetApi.encoded(Options.argument(given, 0)), FreshetApi.encoded(Options.argument(given, 1)));
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
