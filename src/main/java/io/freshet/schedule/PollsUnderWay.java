package io.freshet.schedule;

import io.freshet.schedule.CollectionIndex.Page;
import java.util.HashSet;
import java.util.Set;

/** The calls that were made and not answered yet, as far as they bear on which one is made next. Not for several threads. */
final class PollsUnderWay {

    /**
     * So many reports are asked for at a time: an answer may name a Collection whose page answers for the others. The
     * fewer, the less is asked in vain; but with one at a time, a slow Mode would leave the request limit unused.
     */
    private static final int REPORTS = 4;

    private final Set<Page> pages = new HashSet<>();
    private final Set<PollCall> reports = new HashSet<>();
    /** Reports that Mode failed to show: their next question goes to the run, so that none waits for its report. */
    private final Set<String> withheld = new HashSet<>();

    void begin(PollCall call) {
        call.fold(run -> false, reports::add, page -> pages.add(page.page()));
    }

    void over(PollCall call) {
        call.fold(run -> withheld.removeAll(run.reports()), reports::remove, page -> pages.remove(page.page()));
    }

    void withhold(PollCall.OfReport call) {
        withheld.addAll(call.reports());
    }

    boolean isReading(Page page) {
        return pages.contains(page);
    }

    boolean isWithheld(String report) {
        return withheld.contains(report);
    }

    /** Not while a page is read: it may show the report. */
    boolean mayAskForReport() {
        return reports.size() < REPORTS && pages.isEmpty();
    }
}
