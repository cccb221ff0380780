package io.freshet.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What has changed, as it is said by options. */
final class Change {

    private static final String DATA_SOURCE = "--data-source";
    private static final String SPACE = "--space";
    private static final String DATASETS = "--datasets";
    private static final String TABLES = "--tables";
    private static final String CHANGED_AT = "--changed-at";
    private static final String REASON = "--reason";

    private Change() {}

    static CommandSpec describe(CommandSpec spec) {
        return spec.addOption(Options.account())
                .addOption(Options.text(DATA_SOURCE)
                        .paramLabel("TOKEN")
                        .description("Every dataset on this data source: one of this, --space and --datasets")
                        .build())
                .addOption(Options.text(SPACE)
                        .paramLabel("TOKEN")
                        .description("Every dataset in this Collection")
                        .build())
                .addOption(Options.text(DATASETS)
                        .paramLabel("TOKENS")
                        .description("These datasets, separated by commas")
                        .build())
                .addOption(Options.text(TABLES)
                        .paramLabel("NAMES")
                        .description("With --data-source: the tables that changed, separated by commas")
                        .build())
                .addOption(Options.text(CHANGED_AT)
                        .paramLabel("TIME")
                        .description("When the data changed, such as 2026-11-24T06:00:00Z")
                        .build())
                .addOption(Options.text(REASON)
                        .paramLabel("TEXT")
                        .description("Carried along; with the word backfill in it, it lets others go first")
                        .build());
    }

    /** @throws UsageException if not exactly one target is given */
    static ObjectNode read(ParseResult given) {
        var targets = Stream.of(DATA_SOURCE, SPACE, DATASETS)
                .filter(option -> Options.isSet(given, option))
                .count();
        if (targets != 1) {
            throw new UsageException("say what has changed: exactly one of --data-source, --space and --datasets");
        }
        var change = JsonNodeFactory.instance.objectNode();
        Options.value(given, Options.ACCOUNT).ifPresent(account -> change.put("account", account));
        Options.value(given, DATA_SOURCE).ifPresent(token -> change.put("data_source", token));
        Options.value(given, SPACE).ifPresent(token -> change.put("space", token));
        Options.value(given, DATASETS).ifPresent(tokens -> list(change, "datasets", tokens));
        Options.value(given, TABLES).ifPresent(names -> list(change, "tables", names));
        Options.value(given, CHANGED_AT).ifPresent(time -> change.put("changed_at", time));
        Options.value(given, REASON).ifPresent(reason -> change.put("reason", reason));
        return change;
    }

    private static void list(ObjectNode change, String field, String words) {
        var array = change.putArray(field);
        List.of(words.split(",", -1)).forEach(word -> array.add(word.strip()));
    }
}
