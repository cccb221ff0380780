package io.freshet.replica;

import io.freshet.mode.Clocks;
import io.freshet.mode.Modes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** The membership in a group of the simulation's. */
public final class ReplicaWiring {

    private ReplicaWiring() {}

    public static Membership membership(
            Supplier<CompletionStage<Set<String>>> members,
            Duration session,
            Duration heartbeat,
            Modes modes,
            Clocks clocks,
            ScheduledExecutorService timer) {
        return new Membership(
                members::get,
                "freshet-owners",
                Math.toIntExact(session.toMillis()),
                Math.toIntExact(heartbeat.toMillis()),
                modes,
                clocks,
                timer);
    }

    /** All that is ever measured of the topics. */
    public static void registerMetrics(MeterRegistry registry) {
        TopicWatch.gauge("freshet-inbox", new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), registry);
    }
}
