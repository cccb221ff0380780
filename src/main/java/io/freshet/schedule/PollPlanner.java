package io.freshet.schedule;

import io.freshet.event.ReportKey;
import io.freshet.state.Running;
import io.freshet.state.TrackingPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which open runs of a workspace are to be asked after, and with which call: the one that answers for the most of them.
 * A page of a Collection's listing is such a call where two of its reports are waiting. Where reports are listed is
 * learned on the way: the question for a run is put as one for its report, which costs the same and also tells its
 * Collection; and where one Collection seems to hold several, its pages are read. Safe for several threads.
 */
public final class PollPlanner {

    /** A call, and whose questions it is to answer. */
    public sealed interface Call {
        List<StepQueue.Claimed> items();

        <T> T fold(Function<OfRun, T> run, Function<OfReport, T> report, Function<OfPage, T> page);
    }

    /** For one run. */
    public record OfRun(StepQueue.Claimed item) implements Call {
        @Override
        public List<StepQueue.Claimed> items() {
            return List.of(item);
        }

        @Override
        public <T> T fold(Function<OfRun, T> run, Function<OfReport, T> report, Function<OfPage, T> page) {
            return run.apply(this);
        }
    }

    /** For one report, which tells of a good end of its run, and in which Collection it is. */
    public record OfReport(StepQueue.Claimed item) implements Call {
        @Override
        public List<StepQueue.Claimed> items() {
            return List.of(item);
        }

        @Override
        public <T> T fold(Function<OfRun, T> run, Function<OfReport, T> report, Function<OfPage, T> page) {
            return report.apply(this);
        }
    }

    /** For a page of a Collection's reports; without items where nobody knows yet whom it shows. */
    public record OfPage(String space, int number, List<StepQueue.Claimed> items) implements Call {
        public OfPage {
            items = List.copyOf(items);
        }

        @Override
        public <T> T fold(Function<OfRun, T> run, Function<OfReport, T> report, Function<OfPage, T> page) {
            return page.apply(this);
        }

        private CollectionIndex.Page page() {
            return new CollectionIndex.Page(space, number);
        }
    }

    /** Of so many calls one goes to the question that has waited longest, however few it answers. */
    private static final int ONE_IN = 8;
    /** A call is chosen for one of so many that have waited longest, so that it takes as long however many wait. */
    private static final int LOOKED_AT = 500;

    private final TrackingPolicy pace;
    private final Function<ReportKey, Optional<Running>> state;
    private final Map<String, StepQueue.Claimed> waiting = new LinkedHashMap<>();
    private final CollectionIndex collections = new CollectionIndex();
    private boolean isLearning;
    private int turn;

    /** @param state the open run of a report, where it has one */
    public PollPlanner(TrackingPolicy pace, Function<ReportKey, Optional<Running>> state) {
        this.pace = pace;
        this.state = state;
    }

    /** These are due. */
    public synchronized void add(List<StepQueue.Claimed> due) {
        due.forEach(item -> waiting.put(item.report().reportToken(), item));
    }

    /** The same text for reports that one page shows; an empty one for a report of which that isn't known. */
    public synchronized String groupKey(ReportKey report) {
        return collections
                .pageOf(report.reportToken())
                .map(page -> "%s/%06d".formatted(page.space(), page.number()))
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

    /** Takes the best call; empty where nothing waits, or what waits may be answered by a call that is under way. */
    public synchronized Optional<Call> next(Instant now) {
        var call = choose(now);
        call.ifPresent(chosen -> {
            turn++;
            chosen.items().forEach(item -> waiting.remove(item.report().reportToken()));
            isLearning = isLearning || isToLearn(chosen);
        });
        return call;
    }

    private static boolean isToLearn(Call call) {
        return call.fold(run -> false, report -> true, page -> page.items().isEmpty());
    }

    private Optional<Call> choose(Instant now) {
        var late =
                oldest().filter(item -> item.step().due().plus(pace.pollMax()).isBefore(now));
        if (late.isPresent() && turn % ONE_IN == 0) {
            return late.map(OfRun::new);
        }
        var listable = lookedAt().filter(item -> isListable(item, now)).toList();
        return fullestPage(listable)
                .or(() -> alone(listable))
                .or(() -> isLearning ? Optional.empty() : learn(listable));
    }

    private Optional<StepQueue.Claimed> oldest() {
        return lookedAt().min(Comparator.comparing(item -> item.step().due()));
    }

    /** They come as they are due. */
    private Stream<StepQueue.Claimed> lookedAt() {
        return waiting.values().stream().limit(LOOKED_AT);
    }

    private boolean isListable(StepQueue.Claimed item, Instant now) {
        return state.apply(item.report())
                .filter(running -> running.mayBeListed(now, pace))
                .isPresent();
    }

    private Optional<Call> fullestPage(List<StepQueue.Claimed> listable) {
        var byPage = new HashMap<CollectionIndex.Page, List<StepQueue.Claimed>>();
        listable.forEach(
                item -> collections.pageOf(item.report().reportToken()).ifPresent(page -> byPage.computeIfAbsent(
                                page, first -> new ArrayList<>())
                        .add(item)));
        return byPage.entrySet().stream()
                .filter(page -> page.getValue().size() > 1)
                .max(Comparator.comparing(page -> page.getValue().size()))
                .map(page -> new OfPage(page.getKey().space(), page.getKey().number(), page.getValue()));
    }

    /** Those of which nothing more is to be learned. */
    private Optional<Call> alone(List<StepQueue.Claimed> listable) {
        var toLearn = listable.stream().filter(this::isToBeLearned).collect(Collectors.toSet());
        var enough = toLearn.size() >= collections.worthAGuess()
                || firstUnread(listable).isPresent()
                || isLearning;
        return lookedAt()
                .filter(item -> !enough || !toLearn.contains(item))
                .findFirst()
                .map(OfRun::new);
    }

    private boolean isToBeLearned(StepQueue.Claimed item) {
        var report = item.report().reportToken();
        return collections.isNew(report) || collections.unread(report).isPresent();
    }

    private Optional<Call> learn(List<StepQueue.Claimed> listable) {
        return firstUnread(listable)
                .or(() -> collections.unread().stream().findFirst())
                .<Call>map(page -> new OfPage(page.space(), page.number(), List.of()))
                .or(() -> listable.stream()
                        .filter(item -> collections.isNew(item.report().reportToken()))
                        .findFirst()
                        .map(OfReport::new));
    }

    /** A page that is known to come for two of them. */
    private Optional<CollectionIndex.Page> firstUnread(List<StepQueue.Claimed> listable) {
        var count = new HashMap<CollectionIndex.Page, Integer>();
        listable.forEach(item ->
                collections.unread(item.report().reportToken()).ifPresent(page -> count.merge(page, 1, Integer::sum)));
        return count.entrySet().stream()
                .filter(page -> page.getValue() > 1)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    /** Mode showed the report; or answered that it won't, and then the Collection is absent. */
    public synchronized void told(OfReport call, Optional<String> space, Instant now) {
        collections.told(call.item().report().reportToken(), space, now);
    }

    /**
     * Mode showed the page. What it was read for and doesn't show goes on waiting.
     *
     * @param reports whom it shows
     * @return the questions that it answers, by report
     */
    public synchronized Map<String, StepQueue.Claimed> shown(
            OfPage call, Set<String> reports, Predicate<String> isOurs, Instant now) {
        add(call.items());
        collections.shown(call.page(), reports.stream().filter(isOurs).toList(), expected(call), now);
        return reports.stream()
                .filter(waiting::containsKey)
                .collect(Collectors.toMap(Function.identity(), report -> takeOut(report)));
    }

    private StepQueue.Claimed takeOut(String report) {
        return Objects.requireNonNull(waiting.remove(report), report);
    }

    /** Mode didn't show the page. */
    public synchronized void notShown(OfPage call, Instant now) {
        collections.unreadable(call.page(), expected(call), now);
    }

    private static List<String> expected(OfPage call) {
        return call.items().stream().map(item -> item.report().reportToken()).toList();
    }

    /** The call is over, whatever came of it. */
    public synchronized void over(Call call) {
        isLearning = isLearning && !isToLearn(call);
    }
}
