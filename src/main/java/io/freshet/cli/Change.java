package io.freshet.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
                .addOption(Options.option(
                        DATA_SOURCE, "TOKEN", "Every dataset on this data source: one of this, --space and --datasets"))
                .addOption(Options.option(SPACE, "TOKEN", "Every dataset in this Collection"))
                .addOption(Options.option(DATASETS, "TOKENS", "These datasets, separated by commas"))
                .addOption(Options.option(
                        TABLES, "NAMES", "With --data-source: the tables that changed, separated by commas"))
                .addOption(Options.option(CHANGED_AT, "TIME", "When the data changed, such as 2026-11-24T06:00:00Z"))
                .addOption(Options.option(
                        REASON, "TEXT", "Carried along; with the word backfill in it, it lets others go first"));
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
        Options.list(given, DATASETS).ifPresent(tokens -> change.set("datasets", tokens));
        Options.list(given, TABLES).ifPresent(names -> change.set("tables", names));
        Options.value(given, CHANGED_AT).ifPresent(time -> change.put("changed_at", time));
        Options.value(given, REASON).ifPresent(reason -> change.put("reason", reason));
        return change;
    }
}
