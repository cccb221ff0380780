package io.freshet.mode;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jboss.threads.EnhancedQueueExecutor;

/** The clocks, threads and dice of this process. Nothing else asks the system for them, so that a simulation can bring its own. */
@ApplicationScoped
public class TimeAndThreads {

    /** As many as Quarkus has at least; few are ever needed at a time. */
    private static final int MOST_WORKERS = 200;

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final AtomicInteger WORKERS = new AtomicInteger();

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

    /**
     * For what goes on after somebody else's thread has brought news. It leaves the context of that thread behind: Quarkus' own
     * executor takes the Vert.x context of a request along, and its scope was closed by the worker while the thread of the network
     * went on with the answer, which was 500 then.
     */
    @Produces
    @Singleton
    @Identifier("workers") static Executor workers() {
        return new EnhancedQueueExecutor.Builder()
                .setCorePoolSize(1)
                .setMaximumPoolSize(MOST_WORKERS)
                .setKeepAliveTime(IDLE)
                .allowCoreThreadTimeOut(true)
                .setRegisterMBean(false)
                .setThreadFactory(TimeAndThreads::worker)
                .build();
    }

    private static Thread worker(Runnable work) {
        var thread = new Thread(work, "freshet-worker-" + WORKERS.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(TimeAndThreads.class.getClassLoader());
        return thread;
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
