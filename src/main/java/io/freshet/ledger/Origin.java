package io.freshet.ledger;

import io.freshet.event.ReportKey;
import java.util.Optional;

/**
 * Which part of a batch of entries brings something: what stays out if that can't be written.
 *
 * @param entry the number of the entry
 * @param report the one that the entry lets go, if it is of that alone
 * @param isRejection whether the report isn't let go, but told as rejected
 */
record Origin(int entry, Optional<ReportKey> report, boolean isRejection) {

    static Origin of(int entry) {
        return new Origin(entry, Optional.empty(), false);
    }

    Origin of(ReportKey released) {
        return new Origin(entry, Optional.of(released), false);
    }

    Origin rejected() {
        return new Origin(entry, report, true);
    }

    boolean isWholeEntry() {
        return report.isEmpty();
    }
}
