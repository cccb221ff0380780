package io.freshet.replica;

import io.freshet.mode.Clocks;
import io.freshet.mode.Modes;
import io.freshet.mode.limit.Lease;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
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

    private final Map<String, Object> kafka;
    private final String group;
    private final int heartbeatMillis;
    private final Modes modes;
    private final Clocks clocks;
    private final Lease lease;
    private @Nullable Admin admin;
    private @Nullable ScheduledFuture<?> asking;
    private boolean isSaid = true;

    Membership(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "mp.messaging.incoming.inbox.group.id") String group,
            @ConfigProperty(name = "kafka.session.timeout.ms") int sessionMillis,
            @ConfigProperty(name = "kafka.heartbeat.interval.ms") int heartbeatMillis,
            Modes modes,
            Clocks clocks) {
        this.kafka = kafka;
        this.group = group;
        this.heartbeatMillis = heartbeatMillis;
        this.modes = modes;
        this.clocks = clocks;
        this.lease = new Lease(Duration.ofMillis(sessionMillis), Duration.ofMillis(heartbeatMillis));
    }

    /** Begins to ask; to be called before anything is read. */
    public synchronized void watch() {
        var settings = new HashMap<>(kafka);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "freshet-membership");
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, heartbeatMillis);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, heartbeatMillis);
        admin = Admin.create(settings);
        asking = Infrastructure.getDefaultWorkerPool()
                .scheduleWithFixedDelay(this::ask, heartbeatMillis, heartbeatMillis, TimeUnit.MILLISECONDS);
        tell();
    }

    /** This replica has joined the group, under this name. */
    public synchronized void joined(String member) {
        lease.joined("inbox", member);
        tell();
        ask();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whatever became of it, it was heard
    private synchronized void ask() {
        var question = lease.question(clocks.now());
        if (admin != null && !question.members().isEmpty()) {
            admin.describeConsumerGroups(List.of(group))
                    .all()
                    .whenComplete((found, failure) -> heard(question, found, failure));
        }
    }

    private synchronized void heard(
            Lease.Question question,
            @Nullable Map<String, ConsumerGroupDescription> found,
            @Nullable Throwable failure) {
        if (found != null) {
            lease.answered(question, members(found));
            tell();
        }
        if (lease.isAbout(question)) {
            say(failure);
        }
    }

    private static Set<String> members(Map<String, ConsumerGroupDescription> found) {
        return found.values().stream()
                .flatMap(description -> description.members().stream())
                .map(MemberDescription::consumerId)
                .collect(Collectors.toSet());
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
                LOG.infof("membership=confirmed group=%s", group);
            } else {
                LOG.warnf(
                        "membership=unconfirmed group=%s cause=\"%s\": calls to Mode are paused", group, why(failure));
            }
        }
    }

    private static String why(@Nullable Throwable failure) {
        return failure == null ? "the group has lost this replica" : String.valueOf(failure.getMessage());
    }

    /** The client's own thread may be about to tell what it heard, so it must not be waited for in here. */
    @PreDestroy
    void close() {
        var open = end();
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }

    private synchronized @Nullable Admin end() {
        if (asking != null) {
            asking.cancel(false);
        }
        var open = admin;
        admin = null;
        return open;
    }
}
