package io.freshet.replica;

import io.freshet.mode.Clocks;
import io.freshet.mode.Modes;
import io.freshet.mode.limit.Lease;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the group of the owners at every heartbeat whether this replica is one of its members, and says until when that is sure. The
 * consumers don't tell: one that was halted, or is cut off, takes itself for a member until it hears otherwise.
 */
@ApplicationScoped
public class Membership {

    private static final Logger LOG = Logger.getLogger(Membership.class);

    private final OwnersGroup group;
    private final String name;
    private final int heartbeatMillis;
    private final Modes modes;
    private final Clocks clocks;
    private final ScheduledExecutorService timer;
    private final Lease lease;
    private @Nullable Future<?> asking;
    private boolean isSaid = true;

    Membership(
            OwnersGroup group,
            @ConfigProperty(name = "mp.messaging.incoming.inbox.group.id") String name,
            @ConfigProperty(name = "kafka.session.timeout.ms") int sessionMillis,
            @ConfigProperty(name = "kafka.heartbeat.interval.ms") int heartbeatMillis,
            Modes modes,
            Clocks clocks,
            @Identifier("timer") ScheduledExecutorService timer) {
        this.group = group;
        this.name = name;
        this.heartbeatMillis = heartbeatMillis;
        this.modes = modes;
        this.clocks = clocks;
        this.timer = timer;
        this.lease = new Lease(Duration.ofMillis(sessionMillis), Duration.ofMillis(heartbeatMillis));
    }

    /** Begins to ask; to be called before anything is read. */
    public synchronized void watch() {
        var heartbeat = Duration.ofMillis(heartbeatMillis);
        asking = Repeated.every(heartbeat, heartbeat, "asking whether this replica is a member", this::ask, timer);
        tell();
    }

    /** This replica has joined the group, under this name. */
    public synchronized void joined(String member) {
        lease.joined("inbox", member);
        tell();
        ask();
    }

    private synchronized void ask() {
        var question = lease.question(clocks.now());
        if (!question.members().isEmpty()) {
            var ignored = group.members().whenComplete((members, failure) -> heard(question, members, failure));
        }
    }

    private synchronized void heard(
            Lease.Question question, @Nullable Set<String> members, @Nullable Throwable failure) {
        if (members != null) {
            lease.answered(question, members);
            tell();
        }
        if (lease.isAbout(question)) {
            say(failure);
        }
    }

    private void tell() {
        modes.all().forEach(mode -> mode.limit().lease(lease.until()));
    }

    /** Whether nobody else can have this replica's partitions. */
    public synchronized boolean isSure() {
        return clocks.now().isBefore(lease.until());
    }

    private void say(@Nullable Throwable failure) {
        var isSure = isSure();
        if (isSure != isSaid) {
            isSaid = isSure;
            if (isSure) {
                LOG.infof("membership=confirmed group=%s", name);
            } else {
                LOG.warnf("membership=unconfirmed group=%s cause=\"%s\": calls to Mode are paused", name, why(failure));
            }
        }
    }

    private static String why(@Nullable Throwable failure) {
        return failure == null ? "the group has lost this replica" : String.valueOf(failure.getMessage());
    }

    @PreDestroy
    synchronized void close() {
        if (asking != null) {
            asking.cancel(false);
        }
    }
}
