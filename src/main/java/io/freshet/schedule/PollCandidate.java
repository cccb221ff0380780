package io.freshet.schedule;

import io.freshet.schedule.CollectionIndex.Page;
import java.util.Optional;

/**
 * A question that waits, and the calls that may answer it.
 *
 * @param page the page that shows the report, or may show it; empty if no page can answer
 * @param isUnlocated whether its report is to be asked for, because nobody knows its Collection
 */
record PollCandidate(StepQueue.Claimed item, Optional<Page> page, boolean isUnlocated) {

    PollCall alone() {
        return isUnlocated ? new PollCall.OfReport(item) : new PollCall.OfRun(item);
    }
}
