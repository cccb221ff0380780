package io.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Where reports stand. */
final class ReportsCommand implements Command {

    /** By the option, what the API calls it. */
    private static final Map<String, String> FILTERS = Map.of(
            Options.ACCOUNT, "account", "--state", "state", "--search", "q", "--limit", "limit", "--after", "after");

    @Override
    public CommandSpec spec() {
        return Options.remote("reports", "Lists where reports stand, and the datasets that are run by themselves.")
                .addOption(Options.account())
                .addOption(
                        Options.option("--state", "STATE", "Only those that are waiting, posting, running or settled"))
                .addOption(Options.option("--search", "TEXT", "Only those with this in their name or token"))
                .addOption(Options.option("--limit", "NUMBER", "How many, at most 1000. Else 100"))
                .addOption(Options.option("--after", "PLACE", "Where the list before ended, as it says"));
    }

    @Override
    public int run(ParseResult given, Terminal terminal) throws InterruptedException {
        var answer = FreshetApi.of(given, terminal.variables()).get("/api/v1/reports" + Options.query(given, FILTERS));
        return new Show("there is no list", terminal).answer(given, answer, listed -> tell(listed, terminal));
    }

    private static void tell(JsonNode listed, Terminal terminal) {
        var rows = new ArrayList<List<String>>();
        listed.path("reports").forEach(one -> rows.add(row(one)));
        terminal.table(List.of("WORKSPACE", "KIND", "TOKEN", "STATE", "SINCE", "LAST", "NAME"), rows);
        terminal.line("%d of %d".formatted(rows.size(), listed.path("count").asInt()));
        if (listed.hasNonNull("next")) {
            terminal.line("more with --after " + listed.path("next").asText());
        }
    }

    static List<String> row(JsonNode one) {
        return List.of(
                one.path("account").asText(),
                one.path("kind").asText(),
                one.path("token").asText(),
                one.path("state").asText(),
                one.path("since").asText(),
                one.path("last_outcome").asText("-"),
                one.path("name").asText("-"));
    }
}
