package io.freshet.view;

import io.freshet.event.ReportKey;
import java.util.Comparator;

/**
 * Where a report is in a list.
 *
 * @param sinceMillis since when it has been where it is, in milliseconds since 1970
 */
public record ReportPlace(ReportKey report, boolean isSettled, long sinceMillis) {

    static final Comparator<ReportPlace> BY_NAME = Comparator.comparing(
                    (ReportPlace place) -> place.report().account())
            .thenComparing(place -> place.report().reportToken())
            .thenComparing(place -> place.report().kind());

    static final Comparator<ReportPlace> BY_AGE = Comparator.comparing(ReportPlace::isSettled)
            .thenComparingLong(ReportPlace::age)
            .thenComparing(BY_NAME);

    private long age() {
        return isSettled ? -sinceMillis : sinceMillis;
    }
}
