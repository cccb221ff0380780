package io.freshet.refresh;

import io.freshet.event.ReportKey;
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

/**
 * Which open runs of a workspace are to be asked after, and with which call: the one that answers for the most of them.
 * A page of a Collection's listing is such a call where two of its reports are waiting. Where reports are listed is
 * learned on the way: the question for a run is put as one for its report, which costs the same and also tells its
 * Collection. Safe for several threads.
 */
public final class Questions {

    /** A call, and whose questions it is to answer. */
    public sealed interface Call {
        List<Agenda.Item> items();

        <T> T fold(Function<OfRun, T> run, Function<OfReport, T> report, Function<OfPage, T> page);
    }

    /** For one run. */
    public record OfRun(Agenda.Item item) implements Call {
        @Override
        public List<Agenda.Item> items() {
            return List.of(item);
        }

        @Override
        public <T> T fold(Function<OfRun, T> run, Function<OfReport, T> report, Function<OfPage, T> page) {
            return run.apply(this);
        }
    }

    /** For one report, which tells of a good end of its run, and in which Collection it is. */
    public record OfReport(Agenda.Item item) implements Call {
        @Override
        public List<Agenda.Item> items() {
            return List.of(item);
        }

        @Override
        public <T> T fold(Function<OfRun, T> run, Function<OfReport, T> report, Function<OfPage, T> page) {
            return report.apply(this);
        }
    }

    /** For a page of a Collection's reports; without items where nobody knows yet whom it shows. */
    public record OfPage(String space, int number, List<Agenda.Item> items) implements Call {
        public OfPage {
            items = List.copyOf(items);
        }

        @Override
        public <T> T fold(Function<OfRun, T> run, Function<OfReport, T> report, Function<OfPage, T> page) {
            return page.apply(this);
        }

        private Shelves.Page page() {
            return new Shelves.Page(space, number);
        }
    }

    /** Of so many calls one goes to the question that has waited longest, however few it answers. */
    private static final int ONE_IN = 8;

    private final Pace pace;
    private final Function<ReportKey, Optional<Running>> standing;
    private final Map<String, Agenda.Item> waiting = new LinkedHashMap<>();
    private final Shelves shelves = new Shelves();
    private boolean isLearning;
    private int turn;

    /** @param standing the open run of a report, where it has one */
    public Questions(Pace pace, Function<ReportKey, Optional<Running>> standing) {
        this.pace = pace;
        this.standing = standing;
    }

    /** These are due. */
    public synchronized void add(List<Agenda.Item> due) {
        due.forEach(item -> waiting.put(item.report().reportToken(), item));
    }

    /** The same text for reports that one page shows; an empty one for a report of which that isn't known. */
    public synchronized String company(ReportKey report) {
        return shelves.pageOf(report.reportToken())
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
        var listable =
                waiting.values().stream().filter(item -> isListable(item, now)).toList();
        return fullestPage(listable)
                .or(() -> alone(listable))
                .or(() -> isLearning ? Optional.empty() : learn(listable));
    }

    private Optional<Agenda.Item> oldest() {
        return waiting.values().stream()
                .min(Comparator.comparing(item -> item.step().due()));
    }

    private boolean isListable(Agenda.Item item, Instant now) {
        return standing.apply(item.report())
                .filter(running -> running.mayBeListed(now, pace))
                .isPresent();
    }

    private Optional<Call> fullestPage(List<Agenda.Item> listable) {
        var byPage = new HashMap<Shelves.Page, List<Agenda.Item>>();
        listable.forEach(item -> shelves.pageOf(item.report().reportToken())
                .ifPresent(page ->
                        byPage.computeIfAbsent(page, first -> new ArrayList<>()).add(item)));
        return byPage.entrySet().stream()
                .filter(page -> page.getValue().size() > 1)
                .max(Comparator.comparing(page -> page.getValue().size()))
                .map(page -> new OfPage(page.getKey().space(), page.getKey().number(), page.getValue()));
    }

    /** Those of which nothing more is to be learned. */
    private Optional<Call> alone(List<Agenda.Item> listable) {
        var toLearn = listable.stream().filter(this::isToBeLearned).collect(Collectors.toSet());
        var enough =
                toLearn.size() >= shelves.worthAGuess() || firstUnread(listable).isPresent() || isLearning;
        return waiting.values().stream()
                .filter(item -> !enough || !toLearn.contains(item))
                .findFirst()
                .map(OfRun::new);
    }

    private boolean isToBeLearned(Agenda.Item item) {
        var report = item.report().reportToken();
        return shelves.isNew(report) || shelves.unread(report).isPresent();
    }

    private Optional<Call> learn(List<Agenda.Item> listable) {
        return firstUnread(listable)
                .or(() -> shelves.unread().stream().findFirst())
                .<Call>map(page -> new OfPage(page.space(), page.number(), List.of()))
                .or(() -> listable.stream()
                        .filter(item -> shelves.isNew(item.report().reportToken()))
                        .findFirst()
                        .map(OfReport::new));
    }

    /** A page that is known to come for two of them. */
    private Optional<Shelves.Page> firstUnread(List<Agenda.Item> listable) {
        var count = new HashMap<Shelves.Page, Integer>();
        listable.forEach(item ->
                shelves.unread(item.report().reportToken()).ifPresent(page -> count.merge(page, 1, Integer::sum)));
        return count.entrySet().stream()
                .filter(page -> page.getValue() > 1)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    /** Mode showed the report; or answered that it won't, and then the Collection is absent. */
    public synchronized void told(OfReport call, Optional<String> space, Instant now) {
        shelves.told(call.item().report().reportToken(), space, now);
    }

    /**
     * Mode showed the page. What it was read for and doesn't show goes on waiting.
     *
     * @param reports whom it shows
     * @return the questions that it answers, by report
     */
    public synchronized Map<String, Agenda.Item> shown(
            OfPage call, Set<String> reports, Predicate<String> isOurs, Instant now) {
        add(call.items());
        shelves.shown(call.page(), reports.stream().filter(isOurs).toList(), expected(call), now);
        return reports.stream()
                .filter(waiting::containsKey)
                .collect(Collectors.toMap(Function.identity(), report -> takeOut(report)));
    }

    private Agenda.Item takeOut(String report) {
        return Objects.requireNonNull(waiting.remove(report), report);
    }

    /** Mode didn't show the page. */
    public synchronized void notShown(OfPage call, Instant now) {
        shelves.unreadable(call.page(), expected(call), now);
    }

    private static List<String> expected(OfPage call) {
        return call.items().stream().map(item -> item.report().reportToken()).toList();
    }

    /** The call is over, whatever came of it. */
    public synchronized void over(Call call) {
        isLearning = isLearning && !isToLearn(call);
    }
}
