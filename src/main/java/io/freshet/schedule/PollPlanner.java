package io.freshet.schedule;

import io.freshet.event.ReportKey;
import io.freshet.state.Running;
import io.freshet.state.TrackingPolicy;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which open runs of a workspace are asked after next, and with which call:
 *
 * <ol>
 *   <li>the next page of a Collection that holds several of ours, while two or more runs wait of which nobody knows the
 *       Collection: they may be there;
 *   <li>the page of a Collection on which most of them are, if that is two or more;
 *   <li>the report, if nobody knows its Collection: that costs as much as the run, and tells the Collection too;
 *   <li>the run.
 * </ol>
 *
 * A run for which no listing can answer is asked for by itself. Safe for several threads.
 */
public final class PollPlanner {

    /** Of so many calls one goes to the question that has waited longest, however few it answers. */
    private static final int ONE_IN = 8;
    /** A call is chosen for one of so many that have waited longest, so that it takes as long however many wait. */
    private static final int LOOKED_AT = 500;
    /** So many reports Mode shows on a page. */
    private static final int FULL_PAGE = 30;
    /** So that texts of pages are in the order of their numbers. */
    private static final int FIRST_OF_SEVEN_DIGITS = 1_000_000;

    private final TrackingPolicy policy;
    private final Function<ReportKey, Optional<Running>> openRun;
    private final Map<String, StepQueue.Claimed> waiting = new LinkedHashMap<>();
    private final CollectionIndex index = new CollectionIndex();
    private final PollsUnderWay underWay = new PollsUnderWay();
    private int turn;

    /** @param openRun the open run of a report, if it has one */
    public PollPlanner(TrackingPolicy policy, Function<ReportKey, Optional<Running>> openRun) {
        this.policy = policy;
        this.openRun = openRun;
    }

    /** These are due. */
    public synchronized void add(List<StepQueue.Claimed> due) {
        due.forEach(item -> waiting.put(PollCall.name(item), item));
    }

    /** These go on waiting; but one that is due anew counts instead: its partition may have gone meanwhile, and come back. */
    public synchronized void again(List<StepQueue.Claimed> unanswered) {
        unanswered.forEach(item -> waiting.putIfAbsent(PollCall.name(item), item));
    }

    /** The same text for reports that one page shows; empty if the page of a report isn't known. */
    public synchronized String groupKey(ReportKey report) {
        return index.pageOf(report.reportToken())
                .map(page -> page.space() + "/" + (FIRST_OF_SEVEN_DIGITS + page.number()))
                .orElse("");
    }

    /** How many calls there may be to make. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Since when the question that was due first has been. */
    public synchronized Optional<Instant> since() {
        return oldest().map(item -> item.step().due());
    }

    /** Takes the best call; empty if nothing waits, or if a page that is being read may answer all that waits. */
    public synchronized Optional<PollCall> next(Instant now) {
        var call = choose(now);
        call.ifPresent(chosen -> {
            turn++;
            waiting.keySet().removeAll(chosen.reports());
            underWay.begin(chosen);
        });
        return call;
    }

    private Optional<PollCall> choose(Instant now) {
        var candidates = lookedAt()
                .map(item -> candidate(item, now))
                .filter(candidate ->
                        candidate.page().filter(underWay::isReading).isEmpty())
                .toList();
        return overdue(now)
                .map(item -> candidate(item, now).alone())
                .or(() -> sharedPage(candidates, now))
                .or(() -> PollCandidate.fullestPage(candidates))
                .or(() -> alone(candidates));
    }

    /** A listing tells good ends only, and so does a report. A dataset is asked after by its run. */
    private PollCandidate candidate(StepQueue.Claimed item, Instant now) {
        var report = PollCall.name(item);
        var isListable = !item.report().isDataset()
                && openRun.apply(item.report())
                        .filter(running -> running.mayBeListed(now, policy))
                        .isPresent();
        return new PollCandidate(
                item,
                isListable ? index.pageToRead(report, now) : Optional.empty(),
                isListable && !index.isLocated(report) && !underWay.isWithheld(report));
    }

    private Optional<StepQueue.Claimed> overdue(Instant now) {
        var longAgo = now.minus(policy.pollMax());
        return oldest().filter(item -> turn % ONE_IN == 0 && item.step().due().isBefore(longAgo));
    }

    private Optional<StepQueue.Claimed> oldest() {
        return lookedAt().min(Comparator.comparing(item -> item.step().due()));
    }

    /** They come as they are due. */
    private Stream<StepQueue.Claimed> lookedAt() {
        return waiting.values().stream().limit(LOOKED_AT);
    }

    /** Several reports are in one Collection. Those that wait and that nobody knows a Collection of may be there, too. */
    private Optional<PollCall> sharedPage(List<PollCandidate> candidates, Instant now) {
        var unlocated = candidates.stream().filter(PollCandidate::isUnlocated).count();
        return index.sharedPages(now)
                .filter(page -> unlocated >= PollCandidate.WORTH_A_PAGE && !underWay.isReading(page))
                .findFirst()
                .map(page -> new PollCall.OfPage(page, List.of()));
    }

    private Optional<PollCall> alone(List<PollCandidate> candidates) {
        return candidates.stream()
                .filter(candidate -> !candidate.isUnlocated() || underWay.mayAskForReport())
                .findFirst()
                .map(PollCandidate::alone);
    }

    /** Mode showed the report and its Collection; or it never will, and then the Collection is absent. */
    public synchronized void located(PollCall.OfReport call, Optional<String> space, Instant now) {
        index.locate(PollCall.name(call.item()), space, now);
    }

    /** Mode failed to show the report, for now. */
    public synchronized void notShown(PollCall.OfReport call) {
        underWay.withhold(call);
    }

    /**
     * Mode showed the page. Questions that it was read for and doesn't answer go on waiting.
     *
     * @param reports those on the page
     * @return the questions that it answers, by report
     */
    public synchronized Map<String, StepQueue.Claimed> shown(
            PollCall.OfPage call, Set<String> reports, Predicate<String> isOurs, Instant now) {
        again(call.items());
        var ours = reports.stream().filter(isOurs).collect(Collectors.toSet());
        index.read(call.page(), reports.size() >= FULL_PAGE, ours, call.reports(), now);
        var answered = new HashMap<String, StepQueue.Claimed>();
        reports.forEach(
                report -> Optional.ofNullable(waiting.remove(report)).ifPresent(item -> answered.put(report, item)));
        return answered;
    }

    /** Mode didn't show the page. */
    public synchronized void notShown(PollCall.OfPage call, Instant now) {
        index.refuse(call.page(), call.reports(), now);
    }

    /** The call is over, whatever came of it. */
    public synchronized void over(PollCall call) {
        underWay.over(call);
    }
}
