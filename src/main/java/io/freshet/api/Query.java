package io.freshet.api;

import io.freshet.state.ReportState;
import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a question; a wrong one is answered with 400 and a sentence. */
final class Query {

    private Query() {}

    static int limit(@Nullable String text, int otherwise, int most) {
        if (text == null) {
            return otherwise;
        }
        var limit = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > most) {
            throw wrong("limit must be a whole number from 1 to %d.".formatted(most));
        }
        return limit;
    }

    static Optional<String> state(@Nullable String text) {
        if (text != null && !ReportState.NAMES.contains(text)) {
            throw wrong("state must be one of %s.".formatted(String.join(", ", ReportState.NAMES)));
        }
        return Optional.ofNullable(text);
    }

    /** The number of an event. */
    static Optional<Long> number(String name, @Nullable String text) {
        if (text != null && !text.matches("\\d{1,18}")) {
            throw wrong(name + " must be the id of an event, or 0.");
        }
        return Optional.ofNullable(text).map(Long::parseLong);
    }

    private static WebApplicationException wrong(String detail) {
        return Problem.of(400, detail).exception();
    }
}
