package io.freshet.state;

import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunRejected;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The parts of a report's refresh whose datasets have all come to their end. A dataset whose run ended badly is taken out; one
 * that Mode refused to run is not, for it may be run otherwise.
 */
final class ReleasedParts {

    private static final Refusal DATASET_FAILED = new Refusal(
            "dataset_failed",
            0,
            "None of the datasets that it is to show ran well: see their runs in Mode, then send the change again.");
    private static final Refusal TOO_LARGE = new Refusal(
            "too_large",
            0,
            "What Freshet is to write of it is larger than a topic takes: raise its max.message.bytes, then send the change again.");

    private final ReportKey report;
    private final Function<String, ReportState> datasets;
    private ReportState state;
    private Optional<RefreshRequest> failed = Optional.empty();

    /** @param datasets where each dataset is, by its token */
    ReleasedParts(ReportKey report, ReportState state, Function<String, ReportState> datasets) {
        this.report = report;
        this.datasets = datasets;
        this.state = state;
    }

    /** Empty if every part waits on. */
    Optional<Transition> release(Instant now) {
        var ready = ready();
        ready.forEach(this::release);
        return ready.isEmpty()
                ? Optional.empty()
                : Optional.of(failed.map(request -> rejected(request, DATASET_FAILED, now))
                        .orElseGet(() -> Transition.to(state)));
    }

    /** None of those that {@link #release} lets go is run. What is told of them names no datasets: these may be too many. */
    Optional<Transition> reject(Instant now) {
        ready().forEach(this::fail);
        return failed.map(request -> rejected(request.naming(Collections.emptySortedSet()), TOO_LARGE, now));
    }

    private List<Awaiting> ready() {
        return state.memory().awaiting().values().stream().filter(this::isReady).toList();
    }

    private boolean isReady(Awaiting part) {
        return part.datasets().stream().noneMatch(token -> datasets.apply(token).carries(part.batch()));
    }

    private void release(Awaiting part) {
        var left = datasetsLeft(part);
        if (left.isEmpty()) {
            fail(part);
        } else {
            state = state.with(state.memory().without(part));
            state = state.with(part.request().naming(left));
        }
    }

    private void fail(Awaiting part) {
        state = state.with(state.memory().without(part));
        failed = Optional.of(failed.map(others -> others.and(part.request())).orElse(part.request()));
    }

    private SortedSet<String> datasetsLeft(Awaiting part) {
        var left = new TreeSet<>(part.request().datasetTokens());
        left.removeIf(token -> part.datasets().contains(token) && hasFailed(token, part.batch()));
        return left;
    }

    /** So has one of which nothing can be read. */
    private boolean hasFailed(String dataset, long batch) {
        var end = datasets.apply(dataset).memory().outcomes().get(batch);
        return end == null || (end.outcome() != Outcome.SUCCEEDED && end.outcome() != Outcome.REJECTED);
    }

    private Transition rejected(RefreshRequest request, Refusal why, Instant now) {
        var told = new RunRejected(
                report,
                state.memory().name(),
                request.datasetTokens(),
                request.causes(),
                why.reason(),
                why.status(),
                why.message(),
                now);
        var memory = state.memory().ended(request.causes(), ReportOutcome.of(told));
        var to = state.isSettled() ? new Settled(memory, now) : state.with(memory);
        return Transition.to(to, told);
    }
}
