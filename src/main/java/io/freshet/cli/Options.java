package io.freshet.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** How options are described and read. */
final class Options {

    static final String URL = "--url";
    static final String TOKEN_FILE = "--token-file";
    static final String OUTPUT = "--output";
    static final String ACCOUNT = "--account";

    private static final String JSON = "json";

    private Options() {}

    /** With help and the form of what is printed, which all have. */
    static CommandSpec command(String name, String... description) {
        var spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description);
        return spec.addOption(help()).addOption(option(List.of("-o", OUTPUT), "FORMAT", "text (default) or json"));
    }

    /** One that talks to the service. */
    static CommandSpec remote(String name, String... description) {
        return command(name, description)
                .addOption(option(URL, "URL", "Where Freshet is. Else FRESHET_URL, or " + FreshetApi.DEFAULT_URL))
                .addOption(
                        option(TOKEN_FILE, "FILE", "A file with the token. Else FRESHET_TOKEN, or FRESHET_TOKEN_FILE"));
    }

    static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit")
                .build();
    }

    /** @param label what is given with it */
    static OptionSpec option(String name, String label, String description) {
        return option(List.of(name), label, description);
    }

    private static OptionSpec option(List<String> names, String label, String description) {
        return OptionSpec.builder(names.toArray(String[]::new))
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    static OptionSpec account() {
        return option(
                ACCOUNT,
                "ACCOUNT",
                "The workspace's username in Mode. May be left out where Freshet has one workspace");
    }

    static PositionalParamSpec argument(int index, String label, String description) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .paramLabel(label)
                .type(String.class)
                .arity("1")
                .required(true)
                .description(description)
                .build();
    }

    static Optional<String> value(ParseResult given, String option) {
        return Optional.ofNullable(given.<String>matchedOptionValue(option, null));
    }

    /**
     * The parameters of a question, with its question mark if there are any.
     *
     * @param names by the option, what the API calls it
     */
    static String query(ParseResult given, Map<String, String> names) {
        var query = names.entrySet().stream()
                .filter(name -> isSet(given, name.getKey()))
                .map(name -> name.getValue() + "="
                        + FreshetApi.encoded(value(given, name.getKey()).orElse("")))
                .sorted()
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    /** What was given with commas in between. */
    static Optional<ArrayNode> list(ParseResult given, String option) {
        return value(given, option).map(words -> {
            var array = JsonNodeFactory.instance.arrayNode();
            List.of(words.split(",", -1)).forEach(word -> array.add(word.strip()));
            return array;
        });
    }

    static String argument(ParseResult given, int index) {
        return given.matchedPositionalValue(index, "");
    }

    static boolean isSet(ParseResult given, String flag) {
        return given.hasMatchedOption(flag);
    }

    static boolean isJson(ParseResult given) {
        return value(given, OUTPUT).filter(JSON::equals).isPresent();
    }

    /** @throws UsageException if the form of the output is none that there is */
    static void checkOutput(ParseResult given) {
        value(given, OUTPUT)
                .filter(format -> !format.equals(JSON) && !format.equals("text"))
                .ifPresent(format -> {
                    throw new UsageException("--output must be text or json, and is " + format);
                });
    }
}
