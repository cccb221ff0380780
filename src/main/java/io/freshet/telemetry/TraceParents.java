package io.freshet.telemetry;

import io.freshet.event.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Traces as the events name them, and as OpenTelemetry does. What a vendor adds in {@code tracestate} is not carried. */
final class TraceParents {

    private static final String HEADER = "traceparent";
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private enum Parent implements TextMapGetter<String> {
        GETTER;

        @Override
        public Iterable<String> keys(String parent) {
            return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable String parent, String key) {
            return key.equals(HEADER) ? parent : null;
        }
    }

    private TraceParents() {}

    /** None where the span is of no trace, as it is where tracing is off and no change brought one along. */
    static Traces of(Span span) {
        var headers = new HashMap<String, String>();
        W3C.inject(Context.root().with(span), headers, Map::put);
        return headers.containsKey(HEADER) ? Traces.of(headers.get(HEADER)) : Traces.none();
    }

    /** The root where there is none. */
    static Context context(Traces traces) {
        return traces.parent().map(TraceParents::context).orElseGet(Context::root);
    }

    static List<SpanContext> others(Traces traces) {
        return traces.parents().stream()
                .skip(1)
                .map(parent -> Span.fromContext(context(parent)).getSpanContext())
                .toList();
    }

    private static Context context(String parent) {
        return W3C.extract(Context.root(), parent, Parent.GETTER);
    }
}
