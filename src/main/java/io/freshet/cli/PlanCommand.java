package io.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What a change would lead to. */
final class PlanCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Change.describe(
                Options.remote("plan", "Shows what a change would lead to: which reports would run. Nothing is done."));
    }

    @Override
    public int run(ParseResult given, Terminal terminal) throws InterruptedException {
        var change = Change.read(given);
        var answer = FreshetApi.of(given, terminal.variables()).post("/api/v1/plans", change, Map.of());
        return new Show("nothing was planned", terminal).answer(given, answer, plan -> {
            terminal.line("%d datasets, %d reports to run, %d left out; %d calls, all posted after %s s"
                    .formatted(
                            plan.path("datasets_count").asInt(),
                            plan.path("reports_count").asInt(),
                            plan.path("left_out").size(),
                            plan.path("calls").path("at_least").asInt(),
                            plan.path("calls").path("all_posted_after_seconds").asText("?")));
            terminal.table(List.of("KIND", "TOKEN", "WHAT", "NAME"), rows(plan));
        });
    }

    private static List<List<String>> rows(JsonNode plan) {
        var rows = new ArrayList<List<String>>();
        plan.path("datasets").forEach(one -> rows.add(row("dataset", one, text(one, "decision"))));
        plan.path("reports").forEach(one -> rows.add(row("report", one, "run")));
        plan.path("left_out").forEach(one -> rows.add(row(text(one, "kind"), one, text(one, "reason"))));
        return rows;
    }

    private static List<String> row(String kind, JsonNode one, String what) {
        return List.of(kind, text(one, "token"), what, one.path("name").asText("-"));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
