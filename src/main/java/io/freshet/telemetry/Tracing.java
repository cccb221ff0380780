package io.freshet.telemetry;

import io.freshet.event.RunEvent;
import io.freshet.event.RunFinished;
import io.freshet.event.RunRejected;
import io.freshet.event.Traces;
import io.freshet.mode.CallTrace;
import io.freshet.plan.Batch;
import io.freshet.state.ReportState;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.Function;

/**
 * One change, followed from its record to the end of the runs that it means. The trace goes on from header to header
 * and with the saved state, so that a restart, or another replica, doesn't end it. With tracing switched off nothing
 * is recorded, and what a change brought along is passed on all the same.
 */
@ApplicationScoped
public class Tracing {

    private final Tracer tracer;

    Tracing(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Work upon changes of one target: in the trace of the oldest of them. It gets what follows from it to go on with. */
    public Uni<Void> planning(Batch batch, Function<Traces, Uni<Void>> work) {
        return Uni.createFrom().deferred(() -> {
            var span = continuing(batch.traces(), "plan refreshes")
                    .setAttribute("freshet.account", batch.account())
                    .setAttribute("freshet.target", batch.target().toString())
                    .setAttribute("freshet.changes", batch.changes().size())
                    .startSpan();
            return CallTrace.within(Context.root().with(span), work.apply(TraceParents.of(span)))
                    .onFailure()
                    .invoke(failure -> span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage())))
                    .eventually(() -> span.end());
        });
    }

    /** A step for a report: in the trace of what it stands for. */
    public <T> Uni<T> following(ReportState state, Uni<T> step) {
        var traces = state.underWay().map(request -> request.causes().traces()).orElseGet(Traces::none);
        return CallTrace.within(TraceParents.context(traces), step);
    }

    /** A run has ended, or will not be: it is one span, from when it was accepted, perhaps by another process. */
    public void told(RunEvent event) {
        event.<Boolean>fold(accepted -> true, this::finished, this::rejected);
    }

    private boolean finished(RunFinished run) {
        var word = run.outcome().word();
        var span = about(run, "run of " + run.report().kind().word(), run.acceptedAt())
                .setAttribute("freshet.run", run.runToken())
                .setAttribute("freshet.outcome", word)
                .startSpan();
        if (run.freshness().isEmpty()) {
            span.setStatus(StatusCode.ERROR, word);
        }
        span.end(run.finishedAt());
        return true;
    }

    private boolean rejected(RunRejected run) {
        about(run, "rejected", run.rejectedAt())
                .setAttribute("freshet.reason", run.reason())
                .startSpan()
                .setStatus(StatusCode.ERROR, run.message())
                .end(run.rejectedAt());
        return true;
    }

    private SpanBuilder about(RunEvent event, String what, Instant began) {
        return continuing(event.changes().traces(), what)
                .setAttribute("freshet.account", event.report().account())
                .setAttribute(
                        "freshet." + event.report().kind().word(),
                        event.report().reportToken())
                .setStartTimestamp(began);
    }

    private SpanBuilder continuing(Traces traces, String what) {
        var span = tracer.spanBuilder(what).setParent(TraceParents.context(traces));
        TraceParents.others(traces).forEach(span::addLink);
        return span;
    }
}
