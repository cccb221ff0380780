package io.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** How Freshet is. */
final class StatusCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.remote("status", "Shows how Freshet is: its workspaces, what waits and runs, what is held.");
    }

    @Override
    public int run(ParseResult given, Terminal terminal) throws InterruptedException {
        var answer = FreshetApi.of(given, terminal.variables()).get("/api/v1/status");
        return new Show("there is no status", terminal).answer(given, answer, status -> tell(status, terminal));
    }

    private static void tell(JsonNode status, Terminal terminal) {
        terminal.line("replica %s, which knows of the others: %s"
                .formatted(
                        status.path("replica").asText(),
                        status.path("view").path("state").asText()));
        terminal.line("changes to be planned: " + status.path("changes_in_hand").asInt());
        terminal.line("reports: " + counts(status.path("reports")));
        terminal.line("datasets: " + counts(status.path("datasets")));
        var rows = new ArrayList<List<String>>();
        status.path("workspaces").forEach(one -> rows.add(workspace(one)));
        terminal.table(List.of("WORKSPACE", "MODE", "LIMIT", "TROUBLE"), rows);
        status.path("facts")
                .forEach(fact -> terminal.line("%s %s %s: %s"
                        .formatted(
                                fact.path("account").asText(),
                                fact.path("what").asText(),
                                fact.path("subject").asText(),
                                fact.path("why").asText())));
    }

    private static String counts(JsonNode reports) {
        return "%d waiting, %d posting, %d running, %d settled"
                .formatted(
                        reports.path("waiting").asInt(),
                        reports.path("posting").asInt(),
                        reports.path("running").asInt(),
                        reports.path("settled").asInt());
    }

    private static List<String> workspace(JsonNode one) {
        var budget = one.path("budget");
        return List.of(
                one.path("account").asText(),
                one.path("host").asText(),
                "%d in %s s"
                        .formatted(
                                budget.path("limit").asInt(),
                                budget.path("period_seconds").asText()),
                one.path("trouble").asText("-"));
    }
}
