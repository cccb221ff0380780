package io.freshet.event;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people and their tools write them, whose zone is never guessed, and as Freshet writes them. */
public final class Times {

    static final String EXAMPLE = "send an ISO-8601 time such as 2026-01-31T06:00:00Z";

    /** Date, time, zone: with a space for the T, without seconds, with a short offset, with a region behind it. */
    private static final Pattern ISO =
            Pattern.compile("([+-]?\\d{4,10}-\\d\\d-\\d\\d)[Tt ](\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?)"
                    + " ?([Zz]|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)?(?:\\[[\\w/+-]{1,60}])?");

    private static final int LONGEST = 100;

    private Times() {}

    /** Empty if it is none, or has no zone. */
    public static Optional<Instant> parse(String text) {
        var iso = iso(text);
        try {
            return iso.matches() && iso.group(3) != null
                    ? Optional.of(OffsetDateTime.parse(local(iso) + zone(iso.group(3)))
                            .toInstant())
                    : Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(shortened(text), Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What to do about a text that is no time. */
    static String advice(String text) {
        var iso = iso(text);
        return iso.matches() && iso.group(3) == null
                ? "it has no zone, so add one, such as " + local(iso) + "Z for UTC"
                : EXAMPLE;
    }

    /** As fields have them whose names end in {@code _seconds}. */
    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Matcher iso(String text) {
        return ISO.matcher(shortened(text));
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? "" : text.strip();
    }

    private static String local(Matcher iso) {
        return iso.group(1) + "T" + iso.group(2).replace(',', '.');
    }

    private static String zone(String zone) {
        if (Character.isLetter(zone.charAt(0))) {
            return "Z";
        }
        var digits = zone.replace(":", "");
        return digits.substring(0, 3) + ":" + (digits.length() > 3 ? digits.substring(3) : "00");
    }
}
