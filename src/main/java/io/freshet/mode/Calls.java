package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.mode.limit.Lane;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/** Tells operators of each call to Mode: a span of the trace that it stands in, and how often and how long by status. */
final class Calls {

    private final String account;
    private final Tracer tracer;
    private final MeterRegistry metrics;
    private final OddRows oddRows;

    Calls(String account, Tracer tracer, MeterRegistry metrics) {
        this.account = account;
        this.tracer = tracer;
        this.metrics = metrics;
        this.oddRows = new OddRows(account, metrics);
    }

    /** A call leaves. */
    Call begin(Operation operation, Lane lane, String subject, Context trace) {
        var span = tracer.spanBuilder(operation.word())
                .setParent(trace)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("freshet.account", account)
                .setAttribute("freshet.lane", lane.word())
                .setAttribute("freshet.subject", subject)
                .startSpan();
        return new Call(operation, subject, span, Timer.start(metrics));
    }

    /** One call that is under way. */
    final class Call {
        private final Operation operation;
        private final String subject;
        private final Span span;
        private final Timer.Sample began;
        private String status = "none";

        private Call(Operation operation, String subject, Span span, Timer.Sample began) {
            this.operation = operation;
            this.subject = subject;
            this.span = span;
            this.began = began;
        }

        /** Mode answered with this status. */
        void heard(int answered) {
            status = Integer.toString(answered);
            span.setAttribute("http.response.status_code", answered);
        }

        /** What the answer was worth. */
        void ended(Answer<JsonNode> answer) {
            oddRows.look(subject, answer);
            answer.<Span>fold(success -> span, failure -> span.setAttribute(
                            "error.type", failure.kind().word())
                    .setStatus(StatusCode.ERROR, failure.message()));
            span.end();
            began.stop(Timer.builder("freshet.mode.calls")
                    .description("calls to Mode, from departure to answer")
                    .tags("account", account, "operation", operation.word(), "status", status)
                    .register(metrics));
        }
    }
}
