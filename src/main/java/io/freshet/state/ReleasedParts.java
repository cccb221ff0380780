package io.freshet.state;

import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunRejected;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The parts of a report's refresh whose datasets have all come to their end. A dataset whose run ended badly is taken out; one
 * that Mode refused to run is not, for it may be run otherwise.
 */
final class ReleasedParts {

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
        var ready = state.memory().awaiting().values().stream()
                .filter(this::isReady)
                .toList();
        ready.forEach(this::release);
        return ready.isEmpty()
                ? Optional.empty()
                : Optional.of(failed.map(request -> rejected(request, now)).orElseGet(() -> Transition.to(state)));
    }

    private boolean isReady(Awaiting part) {
        return part.datasets().stream().noneMatch(token -> datasets.apply(token).carries(part.batch()));
    }

    private void release(Awaiting part) {
        state = state.with(state.memory().without(part));
        var left = datasetsLeft(part);
        if (left.isEmpty()) {
            failed =
                    Optional.of(failed.map(others -> others.and(part.request())).orElse(part.request()));
        } else {
            state = state.with(part.request().naming(left));
        }
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

    private Transition rejected(RefreshRequest request, Instant now) {
        var told = new RunRejected(
                report,
                state.memory().name(),
                request.datasetTokens(),
                request.causes(),
                "dataset_failed",
                0,
                "None of the datasets that it is to show ran well: see their runs in Mode, then send the change again.",
                now);
        var memory = state.memory().ended(request.causes(), ReportOutcome.of(told));
        var to = state.isSettled() ? new Settled(memory, now) : state.with(memory);
        return Transition.to(to, told);
    }
}
