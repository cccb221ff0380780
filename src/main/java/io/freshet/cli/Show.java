package io.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import picocli.CommandLine.ParseResult;

/**
 * An answer of the API, printed as it was asked for.
 *
 * @param otherwise what is so if it is no good one, such as "nothing was planned"
 */
record Show(String otherwise, Terminal terminal) {

    int answer(ParseResult given, FreshetApi.Answer answer, Consumer<JsonNode> text) {
        if (!answer.isGood()) {
            terminal.trouble(otherwise + ": " + answer.trouble());
        } else if (Options.isJson(given)) {
            terminal.json(answer.body());
        } else {
            text.accept(answer.body());
        }
        return answer.exitCode();
    }
}
