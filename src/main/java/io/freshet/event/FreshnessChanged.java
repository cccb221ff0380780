package io.freshet.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A report is late, or is so no longer.
 *
 * @param objective the name of the one that says how fresh the report must be
 * @param change the oldest one that the report didn't show in time
 * @param late by how much that change was older than the objective allows
 */
public record FreshnessChanged(
        Kind kind, ReportKey report, String objective, ChangeRef change, Duration within, Duration late, Instant at) {

    /** Which of both. */
    public enum Kind {
        BREACHED,
        RESTORED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The type of the event, without what all have in common. */
        String type() {
            return "freshness-" + word();
        }
    }

    /** As it is at this instant. */
    public static FreshnessChanged of(
            Kind kind, ReportKey report, String objective, ChangeRef change, Duration within, Instant at) {
        var late = Duration.between(change.changedAt().plus(within), at);
        return new FreshnessChanged(
                kind, report, objective, change, within, late.isNegative() ? Duration.ZERO : late, at);
    }
}
