package io.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One report, with its last runs. */
final class DescribeCommand implements Command {

    private static final List<String> FIELDS = List.of(
            "account",
            "kind",
            "token",
            "name",
            "web_url",
            "state",
            "since",
            "next_step",
            "next_step_due",
            "run_token",
            "last_outcome");

    @Override
    public CommandSpec spec() {
        return Options.remote("describe", "Shows where one report or dataset stands, and how its last runs ended.")
                .addPositional(Options.argument(0, "ACCOUNT", "The workspace's username in Mode"))
                .addPositional(Options.argument(1, "TOKEN", "The report's token, or the dataset's"));
    }

    @Override
    public int run(ParseResult given, Terminal terminal) throws InterruptedException {
        var answer = FreshetApi.of(given, terminal.variables())
                .get(FreshetApi.path("/api/v1/reports/%s/%s", Options.argument(given, 0), Options.argument(given, 1)));
        return new Show("there is nothing to describe", terminal)
                .answer(given, answer, report -> tell(report, terminal));
    }

    private static void tell(JsonNode report, Terminal terminal) {
        FIELDS.stream()
                .filter(report::hasNonNull)
                .forEach(field -> terminal.line(
                        "%-14s %s".formatted(field, report.path(field).asText())));
        var rows = new ArrayList<List<String>>();
        report.path("runs")
                .forEach(run -> rows.add(List.of(
                        run.path("finished_at").asText(),
                        run.path("outcome").asText(),
                        run.path("run_token").asText(),
                        run.path("error_message").asText("-"))));
        terminal.table(List.of("FINISHED", "OUTCOME", "RUN", "ERROR"), rows);
    }
}
