package io.freshet.schedule;

import static io.freshet.state.Samples.NOON;
import static io.freshet.state.Samples.PACE;

import io.freshet.event.ReportKey;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportState;
import io.freshet.state.Run;
import io.freshet.state.Running;
import io.freshet.state.Samples;
import io.freshet.state.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rounds of runs that are posted and asked after within Mode's limit, around the real planner, queue and states. Only
 * Mode, time and the limit are simulated: 40 calls in 10 s, of which questions get one in 21 while POSTs wait.
 */
final class SimulatedPolling {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LATENCY = Duration.ofMillis(200);
    private static final int LIMIT = 40;
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int POSTS_TO_ONE_QUESTION = 20;
    private static final Duration LONGEST = Duration.ofHours(1);

    private record UnderWay(PollCall call, Instant answeredAt) {}

    private final Random random = new Random(20260301);
    private final FakeCollections mode = new FakeCollections();
    private final StepQueue queue = new StepQueue((report, state) -> false);
    private final PollPlanner planner = new PollPlanner(PACE, queue::running);
    private final List<PollCall> calls = new ArrayList<>();
    private final Queue<Instant> answeredAt = new ArrayDeque<>();
    private final Queue<UnderWay> underWay = new ArrayDeque<>();
    /** All reports that were ever planned: Freshet knows them before it posts a run. */
    private final Set<String> ours = new HashSet<>();

    private Queue<String> posts = new ArrayDeque<>();
    private Duration shortest = Duration.ZERO;
    private Duration longest = Duration.ZERO;
    private Duration longestWait = Duration.ZERO;
    private Instant now = NOON;
    private int rounds;
    private int turn;

    static List<String> reports(String prefix, int count) {
        return IntStream.range(0, count).mapToObj((prefix + "%04d")::formatted).toList();
    }

    /** They are listed in no order that anybody knows. */
    void collection(String space, List<String> reports) {
        var listed = new ArrayList<>(reports);
        Collections.shuffle(listed, random);
        mode.add(space, listed);
    }

    void endsAs(String report, Run.Status status) {
        mode.endsAs(report, status);
    }

    /** Posts a run of each report, those of a page together, and asks until all have ended. */
    PollCost round(List<String> reports, Duration shortest, Duration longest) {
        this.shortest = shortest;
        this.longest = longest;
        ours.addAll(reports);
        posts = inOrder(reports);
        calls.clear();
        longestWait = Duration.ZERO;
        rounds++;
        var deadline = now.plus(LONGEST);
        while ((!posts.isEmpty() || isAnyOpen(reports)) && now.isBefore(deadline)) {
            answerThoseDue();
            planner.add(queue.due(now));
            callWhileThereIsRoom();
            now = now.plus(TICK);
        }
        return PollCost.of(
                (int) reports.stream().filter(report -> !isOpen(report)).count(), calls, longestWait);
    }

    private void answerThoseDue() {
        while (!underWay.isEmpty() && !underWay.element().answeredAt().isAfter(now)) {
            answer(underWay.remove().call());
        }
    }

    private void callWhileThereIsRoom() {
        while (!answeredAt.isEmpty() && !answeredAt.element().plus(PERIOD).isAfter(now)) {
            answeredAt.remove();
        }
        while (answeredAt.size() < LIMIT && (postInTurn() || ask() || post())) {
            answeredAt.add(now.plus(LATENCY));
        }
    }

    private boolean postInTurn() {
        turn++;
        return turn % (POSTS_TO_ONE_QUESTION + 1) != 0 && post();
    }

    private boolean post() {
        var report = Optional.ofNullable(posts.poll());
        report.ifPresent(this::accept);
        return report.isPresent();
    }

    private boolean ask() {
        var call = planner.next(now);
        call.ifPresent(made -> underWay.add(new UnderWay(made, now.plus(LATENCY))));
        return call.isPresent();
    }

    private Queue<String> inOrder(List<String> reports) {
        var shuffled = new ArrayList<>(reports);
        Collections.shuffle(shuffled, random);
        return shuffled.stream()
                .sorted(Comparator.comparing(report -> planner.groupKey(key(report))))
                .collect(Collectors.toCollection(ArrayDeque::new));
    }

    private void accept(String report) {
        var took = shortest.plusMillis(random.nextLong(longest.minus(shortest).toMillis() + 1));
        var memory = Optional.ofNullable(queue.all().get(key(report)))
                .map(ReportState::memory)
                .orElse(ReportHistory.EMPTY);
        var firstAsk = Optional.ofNullable(memory.runtime())
                .map(runtime -> runtime.multipliedBy(11).dividedBy(10))
                .orElse(PACE.pollMin());
        mode.begin(report, now.plus(took));
        queue.put(
                0,
                key(report),
                new Running(
                        Samples.request("d1", rounds),
                        Optional.empty(),
                        "run " + rounds + " of " + report,
                        now,
                        false,
                        "enqueued",
                        now.plus(firstAsk),
                        PACE.pollMin(),
                        Optional.empty(),
                        Optional.empty(),
                        memory));
    }

    private boolean isAnyOpen(List<String> reports) {
        return reports.stream().anyMatch(this::isOpen);
    }

    private boolean isOpen(String report) {
        return queue.running(key(report)).isPresent();
    }

    private void answer(PollCall call) {
        calls.add(call);
        call.fold(run -> byItself(run.item()), this::report, this::page);
        planner.over(call);
    }

    private boolean byItself(StepQueue.Claimed item) {
        var running = queue.running(item.report()).orElseThrow();
        return step(
                item, running.seen(item.report(), mode.run(token(item), running, now), Optional.empty(), now, PACE));
    }

    private boolean report(PollCall.OfReport call) {
        planner.located(call, mode.spaceOf(token(call.item())), now);
        return listed(call.item());
    }

    private boolean page(PollCall.OfPage call) {
        var rows = mode.page(call.space(), call.number());
        var due = planner.shown(call, rows, ours::contains, now);
        rows.forEach(report -> Optional.ofNullable(due.get(report)).ifPresentOrElse(this::listed, () -> early(report)));
        return true;
    }

    private void early(String report) {
        queue.running(key(report))
                .flatMap(running -> mode.success(report, running, now))
                .flatMap(run -> queue.takeEarly(key(report)))
                .ifPresent(this::listed);
    }

    private boolean listed(StepQueue.Claimed item) {
        var running = queue.running(item.report()).orElseThrow();
        var success = mode.success(token(item), running, now);
        if (success.isEmpty() && !running.mayBeListed(now, PACE)) {
            planner.again(List.of(item));
            return false;
        }
        return step(
                item,
                success.map(run -> running.seen(item.report(), run, Optional.empty(), now, PACE))
                        .orElseGet(() -> running.unlisted(Optional.empty(), now, PACE)));
    }

    private boolean step(StepQueue.Claimed item, Transition transition) {
        queue.put(0, item.report(), transition.to());
        queue.over(item);
        if (transition.to().ifRunning().isEmpty()) {
            var wait = Duration.between(mode.end(token(item)), now);
            longestWait = wait.compareTo(longestWait) > 0 ? wait : longestWait;
        }
        return true;
    }

    private static String token(StepQueue.Claimed item) {
        return item.report().reportToken();
    }

    private static ReportKey key(String report) {
        return new ReportKey("acme", report);
    }
}
