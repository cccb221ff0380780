package io.freshet.schedule;

import static java.util.stream.Collectors.groupingBy;

import io.freshet.schedule.CollectionIndex.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A question that waits, and the calls that may answer it.
 *
 * @param page the page that shows the report, or may show it; empty if no page can answer
 * @param isUnlocated whether its report is to be asked for, because nobody knows its Collection
 */
record PollCandidate(StepQueue.Claimed item, Optional<Page> page, boolean isUnlocated) {

    /** Below that, a page answers no more than the run by itself. */
    static final int WORTH_A_PAGE = 2;

    PollCall alone() {
        return isUnlocated ? new PollCall.OfReport(item) : new PollCall.OfRun(item);
    }

    /** The page that answers most of them, if it answers more than one. */
    static Optional<PollCall> fullestPage(List<PollCandidate> candidates) {
        var byPage = candidates.stream()
                .filter(candidate -> candidate.page().isPresent())
                .collect(groupingBy(candidate -> candidate.page().orElseThrow()));
        return byPage.entrySet().stream()
                .filter(page -> page.getValue().size() >= WORTH_A_PAGE)
                .max(Comparator.comparing(page -> page.getValue().size()))
                .map(page -> new PollCall.OfPage(
                        page.getKey(),
                        page.getValue().stream().map(PollCandidate::item).toList()));
    }
}
