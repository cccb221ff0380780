package io.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Dead letters: which there are, and on their way again if that is said. */
final class RedriveCommand implements Command {

    private static final String GO = "--go";

    /** By the option, the number that the API calls so. */
    private static final Map<String, String> NUMBERS = Map.of(
            "--partition", "partition",
            "--from-offset", "from_offset",
            "--to-offset", "to_offset",
            "--limit", "limit");

    @Override
    public CommandSpec spec() {
        var spec = Options.remote(
                        "redrive",
                        "Lists the dead letters that would be written to their topics again; with --go, writes them.")
                .addOption(Options.flag(GO, "Write them. Without this nothing is written"))
                .addOption(Options.flag("--force", "Also those that were written again three times or more"))
                .addOption(Options.option("--code", "CODE", "Only those with this one, such as data_source_not_found"))
                .addOption(Options.option("--topic", "TOPIC", "Only those that came from this topic"));
        NUMBERS.keySet().stream()
                .sorted()
                .forEach(option -> spec.addOption(Options.option(
                        option, "NUMBER", "Only this: of the topic of dead letters, or how many at most")));
        return spec;
    }

    @Override
    public int run(ParseResult given, Terminal terminal) throws InterruptedException {
        var order = order(given);
        var answer = FreshetApi.of(given, terminal.variables()).post("/api/v1/dead_letters/redrives", order, Map.of());
        return new Show("nothing was written", terminal).answer(given, answer, result -> tell(result, terminal));
    }

    private static ObjectNode order(ParseResult given) {
        var order = JsonNodeFactory.instance.objectNode().put("dry_run", !Options.isSet(given, GO));
        if (Options.isSet(given, "--force")) {
            order.put("force", true);
        }
        Options.value(given, "--code").ifPresent(code -> order.put("code", code));
        Options.value(given, "--topic").ifPresent(topic -> order.put("topic", topic));
        NUMBERS.forEach((option, field) -> Options.value(given, option).ifPresent(text -> {
            if (!text.matches("[0-9]{1,18}")) {
                throw new UsageException("%s must be a whole number, and is %s".formatted(option, text));
            }
            order.put(field, Long.parseLong(text));
        }));
        return order;
    }

    private static void tell(JsonNode result, Terminal terminal) {
        var rows = new ArrayList<List<String>>();
        result.path("letters").forEach(one -> rows.add(row(one, "reason")));
        result.path("refused").forEach(one -> rows.add(row(one, "refused")));
        terminal.table(List.of("PARTITION", "OFFSET", "TOPIC", "CODE", "REASON"), rows);
        var isDry = result.path("dry_run").asBoolean();
        terminal.line("%d %s, %d refused, %d were written again before%s"
                .formatted(
                        result.path("letters").size(),
                        isDry ? "would be written again (--go writes them)" : "written again",
                        result.path("refused").size(),
                        result.path("already_redriven").asInt(),
                        result.path("more").asBoolean() ? "; there are more" : ""));
    }

    private static List<String> row(JsonNode one, String why) {
        return List.of(
                one.path("partition").asText(),
                one.path("offset").asText(),
                one.path("topic").asText(),
                one.path("code").asText(),
                one.path(why).asText());
    }
}
