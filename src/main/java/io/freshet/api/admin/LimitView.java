package io.freshet.api.admin;

import io.freshet.mode.CallsInSpan;
import io.freshet.mode.LimitStatus;
import io.freshet.mode.Trouble;
import io.freshet.mode.limit.Lane;
import io.freshet.workspace.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How the request limit of a workspace is used.
 *
 * @param replica the owner, which says so
 * @param limit how many of the requests are used: less than all while others use the same credential
 * @param free calls that could leave now
 * @param waiting calls that wait for their turn
 * @param paused whether calls are held back although some are free
 * @param circuit closed, or open while Mode is in trouble and asked by one call at a time
 * @param trouble why it is open
 * @param calls those whose answers came in the last 15 minutes, ten seconds at a time, the oldest first, since this replica started
 */
record LimitView(
        String account,
        String replica,
        Instant at,
        int requests,
        double periodSeconds,
        int limit,
        int free,
        Waiting waiting,
        boolean paused,
        String circuit,
        @Nullable String trouble,
        List<Calls> calls) {

    /** By what they are for. */
    record Waiting(int post, int ask, int resolve, int backfill) {

        static Waiting of(ToIntFunction<Lane> count) {
            return new Waiting(
                    count.applyAsInt(Lane.POST),
                    count.applyAsInt(Lane.ASK),
                    count.applyAsInt(Lane.RESOLVE),
                    count.applyAsInt(Lane.BACKFILL));
        }
    }

    /** @param throttled to how many of them Mode said 429 */
    record Calls(Instant from, int post, int ask, int resolve, int backfill, int throttled) {

        static Calls of(CallsInSpan span) {
            return new Calls(
                    span.from(),
                    span.answered(Lane.POST),
                    span.answered(Lane.ASK),
                    span.answered(Lane.RESOLVE),
                    span.answered(Lane.BACKFILL),
                    span.throttled());
        }
    }

    static LimitView of(Workspace workspace, String replica, LimitStatus status, Instant at) {
        var use = status.use();
        return new LimitView(
                workspace.account(),
                replica,
                at,
                workspace.requests(),
                workspace.period().toMillis() / 1000.0,
                use.limit(),
                use.free(),
                Waiting.of(lane -> use.waitingByLane().getOrDefault(lane, 0)),
                status.isPaused(),
                status.circuit().isPresent() ? "open" : "closed",
                status.circuit().map(Trouble::text).orElse(null),
                status.calls().stream().map(Calls::of).toList());
    }
}
