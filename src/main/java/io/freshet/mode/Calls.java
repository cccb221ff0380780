package io.freshet.mode;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/** Tells operators of each call to Mode: a span of the trace that it stands in. */
final class Calls {

    private final String account;
    private final Tracer tracer;

    Calls(String account, Tracer tracer) {
        this.account = account;
        this.tracer = tracer;
    }

    /** A call leaves. */
    Call begin(Operation operation, Lane lane, String subject, Context trace) {
        return new Call(tracer.spanBuilder(operation.word())
                .setParent(trace)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("freshet.account", account)
                .setAttribute("freshet.lane", lane.word())
                .setAttribute("freshet.subject", subject)
                .startSpan());
    }

    /** One call that is under way. */
    static final class Call {
        private final Span span;

        private Call(Span span) {
            this.span = span;
        }

        /** Mode answered with this status. */
        void heard(int status) {
            span.setAttribute("http.response.status_code", status);
        }

        /** What the answer was worth. */
        void ended(Answer<?> answer) {
            answer.<Span>fold(success -> span, failure -> span.setAttribute(
                            "error.type", failure.kind().word())
                    .setStatus(StatusCode.ERROR, failure.message()));
            span.end();
        }
    }
}
