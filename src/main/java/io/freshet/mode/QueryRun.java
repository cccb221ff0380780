package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One query of a run, as Mode shows it: the run itself doesn't say why it failed.
 *
 * @param state as Mode said it; {@code unknown} where it said nothing
 * @param errorCode such as {@code SqlUnknownFunction}; of a query that failed
 * @param errorMessage what the warehouse said, on one line, of at most 1,000 characters
 */
public record QueryRun(String state, Optional<String> errorCode, Optional<String> errorMessage) {

    private static final int LONGEST_CODE = 200;
    private static final int LONGEST_MESSAGE = 1_000;
    private static final Pattern UNFIT = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]+");

    static QueryRun of(JsonNode object) {
        return new QueryRun(
                LenientJson.word(object, "state").orElse("unknown"),
                said(object, "error_code", LONGEST_CODE),
                said(object, "error_message", LONGEST_MESSAGE));
    }

    /** Of several, the first that failed. */
    public static Optional<QueryRun> firstFailed(List<QueryRun> queries) {
        return queries.stream().filter(QueryRun::hasFailed).findFirst();
    }

    /** Where its state is of no known kind, an error that it names will do. */
    public boolean hasFailed() {
        return switch (state.toLowerCase(Locale.ROOT)) {
            case "failed" -> true;
            case "succeeded", "completed", "cancelled", "canceled" -> false;
            default -> errorCode.isPresent() || errorMessage.isPresent();
        };
    }

    /** What a warehouse says may have lines, tabs and anything else that no log line should have. */
    private static Optional<String> said(JsonNode object, String field, int longest) {
        return LenientJson.text(object, field)
                .map(text ->
                        UNFIT.matcher(cut(text, 4 * longest)).replaceAll(" ").strip())
                .filter(text -> !text.isEmpty())
                .map(text -> cut(text, longest));
    }

    /** Never in the middle of a character. */
    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        var end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
