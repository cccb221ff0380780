package io.freshet.mode;

import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;

/**
 * In which trace a call to Mode stands. Whoever subscribes says so in Mutiny's context: between the request to call and
 * the call lies a permit, which is given on any thread.
 */
public final class CallTrace {

    private static final String KEY = "io.freshet.trace";

    private CallTrace() {}

    /** The same work, with its calls to Mode in this trace. */
    public static <T> Uni<T> within(Context trace, Uni<T> work) {
        return work.withContext((uni, subscriber) -> {
            subscriber.put(KEY, trace);
            return uni;
        });
    }

    static Context of(io.smallrye.mutiny.Context subscriber) {
        return subscriber.getOrElse(KEY, Context::root);
    }
}
