package io.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Which dead letters there are. */
final class DeadLettersCommand implements Command {

    /** By the option, what the API calls it. */
    private static final Map<String, String> FILTERS = Map.of("--code", "code", "--topic", "topic", "--limit", "limit");

    @Override
    public CommandSpec spec() {
        return Options.remote("dead-letters", "Lists the records that were of no use, the newest first.")
                .addOption(Options.option("--code", "CODE", "Only those with this one, such as data_source_not_found"))
                .addOption(Options.option("--topic", "TOPIC", "Only those that came from this topic"))
                .addOption(Options.option("--limit", "NUMBER", "How many, at most 1000. Else 100"));
    }

    @Override
    public int run(ParseResult given, Terminal terminal) throws InterruptedException {
        var answer =
                FreshetApi.of(given, terminal.variables()).get("/api/v1/dead_letters" + Options.query(given, FILTERS));
        return new Show("there is no list", terminal).answer(given, answer, listed -> tell(listed, terminal));
    }

    private static void tell(JsonNode listed, Terminal terminal) {
        var rows = new ArrayList<List<String>>();
        var beginnings = new ArrayList<String>();
        listed.path("letters").forEach(one -> {
            rows.add(row(one));
            beginnings.add(one.path("begins").asText("(no value)"));
        });
        terminal.table(List.of("PLACE", "WHEN", "WORKSPACE", "CODE", "REDRIVEN", "REASON"), rows, beginnings);
        terminal.line("%d dead letters%s"
                .formatted(rows.size(), listed.path("more").asBoolean() ? "; there are older ones" : ""));
    }

    private static List<String> row(JsonNode one) {
        return List.of(
                one.path("partition").asText() + "/" + one.path("offset").asText(),
                one.path("at").asText(),
                one.path("account").asText("-"),
                one.path("code").asText("-"),
                one.path("redriven").asBoolean() ? "yes" : "no",
                one.path("reason").asText());
    }
}
