package io.freshet.mode;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/** The clocks, threads and dice of this process. Nothing else asks the system for them, so that a simulation can bring its own. */
@ApplicationScoped
public class TimeAndThreads {

    @Produces
    @Singleton
    static Clocks clocks() {
        return Clocks.ofSystem();
    }

    /** For everything that is due at some time, and for everything that is saved or told. */
    @Produces
    @Singleton
    static Clock clock(Clocks clocks) {
        return clocks.steady();
    }

    /** For what goes on after somebody else's thread has brought news. */
    @Produces
    @Singleton
    @Identifier("workers") static Executor workers() {
        return Infrastructure.getDefaultExecutor();
    }

    /** For what is to happen later. */
    @Produces
    @Singleton
    @Identifier("timer") static ScheduledExecutorService timer() {
        return Infrastructure.getDefaultWorkerPool();
    }

    @Produces
    @Singleton
    static RandomGenerator random() {
        return new Random();
    }
}
