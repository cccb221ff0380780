package io.freshet.api;

import io.freshet.event.Accounts;
import io.freshet.event.BatchKey;
import io.freshet.event.Outcome;
import io.freshet.view.ReportQuery;
import io.freshet.view.Stage;
import io.quarkus.runtime.configuration.DurationConverter;
import jakarta.ws.rs.WebApplicationException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a question; a wrong one is answered with 400 and a sentence. */
public final class Query {

    private Query() {}

    /** How many rows are asked for. */
    public static int limit(@Nullable String text, int otherwise, int most) {
        if (text == null) {
            return otherwise;
        }
        var limit = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > most) {
            throw Problem.wrong("limit must be a whole number from 1 to %d.".formatted(most));
        }
        return limit;
    }

    static Optional<Stage> state(@Nullable String text) {
        var stage = Optional.ofNullable(text).flatMap(Stage::of);
        if (text != null && stage.isEmpty()) {
            throw Problem.wrong("state must be one of %s."
                    .formatted(Arrays.stream(Stage.values()).map(Stage::word).collect(Collectors.joining(", "))));
        }
        return stage;
    }

    /** How a report may have ended; several with commas between them. */
    static Set<Outcome> outcomes(@Nullable String text) {
        var outcomes = EnumSet.noneOf(Outcome.class);
        for (var word : text == null ? new String[0] : text.split(",", -1)) {
            outcomes.add(Outcome.of(word)
                    .orElseThrow(() -> Problem.wrong("outcome must be one or more of %s, with commas between them."
                            .formatted(Arrays.stream(Outcome.values())
                                    .map(Outcome::word)
                                    .collect(Collectors.joining(", "))))));
        }
        return outcomes;
    }

    static Optional<BatchKey> batch(@Nullable String text, Supplier<String> account) {
        return number(text, "batch must be the number of a batch, as change-planned and run-finished name it.")
                .map(number -> new BatchKey(account.get(), number));
    }

    /** The workspace that is meant; it need not be said if there is one only. */
    static String account(@Nullable String account, Accounts accounts) {
        if (account == null) {
            return accounts.only()
                    .orElseThrow(() -> Problem.wrong("account must be given: several workspaces are configured."));
        }
        if (!accounts.knows(account)) {
            throw Problem.of(404, "No workspace with this account is configured: see /api/v1/status.")
                    .exception();
        }
        return account;
    }

    static ReportQuery.Order order(@Nullable String text) {
        return Arrays.stream(ReportQuery.Order.values())
                .filter(order ->
                        text == null || order.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.wrong("order must be name or age."));
    }

    static Duration duration(String name, @Nullable String text, Duration most) {
        try {
            var duration = text == null ? Duration.ZERO : DurationConverter.parseDuration(text);
            if (duration != null && !duration.isNegative() && duration.compareTo(most) <= 0) {
                return duration;
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw wrongDuration(name, most);
        }
        throw wrongDuration(name, most);
    }

    private static WebApplicationException wrongDuration(String name, Duration most) {
        return Problem.wrong("%s must be from 0s to %ds.".formatted(name, most.toSeconds()));
    }

    /** One that can't be left out. */
    static String needed(String name, @Nullable String text, int longest) {
        if (text == null || text.isBlank() || text.getBytes(StandardCharsets.UTF_8).length > longest) {
            throw Problem.wrong("%s must be given, with 1 to %d bytes.".formatted(name, longest));
        }
        return text;
    }

    static Optional<Long> event(String name, @Nullable String text) {
        return number(text, name + " must be the id of an event, or 0.");
    }

    private static Optional<Long> number(@Nullable String text, String otherwise) {
        if (text != null && !text.matches("\\d{1,18}")) {
            throw Problem.wrong(otherwise);
        }
        return Optional.ofNullable(text).map(Long::parseLong);
    }
}
