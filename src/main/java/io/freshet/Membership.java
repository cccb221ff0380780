package io.freshet;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
 * Asks the group at every heartbeat whether this replica is one of its members, and says until when that is sure. The
 * consumers don't tell: one that was halted, or is cut off, takes itself for a member until it hears otherwise.
 */
@ApplicationScoped
class Membership {

    private static final Logger LOG = Logger.getLogger(Membership.class);

    private final Map<String, Object> kafka;
    private final Set<String> groups;
    private final int heartbeatMillis;
    private final BudgetShare budgetShare;
    private final Clock clock;
    private final Lease lease;
    private @Nullable Admin admin;
    private @Nullable ScheduledFuture<?> asking;
    private boolean isSaid = true;

    Membership(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "mp.messaging.incoming.upstream-data-changed.group.id") String ofChanges,
            @ConfigProperty(name = "mp.messaging.incoming.refresh-requested.group.id") String ofRefreshes,
            @ConfigProperty(name = "kafka.session.timeout.ms") int sessionMillis,
            @ConfigProperty(name = "kafka.heartbeat.interval.ms") int heartbeatMillis,
            BudgetShare budgetShare,
            Clock clock) {
        this.kafka = kafka;
        this.groups = new TreeSet<>(List.of(ofChanges, ofRefreshes)); // one, unless somebody has changed the wiring
        this.heartbeatMillis = heartbeatMillis;
        this.budgetShare = budgetShare;
        this.clock = clock;
        this.lease = new Lease(Duration.ofMillis(sessionMillis), Duration.ofMillis(heartbeatMillis));
    }

    /** Begins to ask; to be called before anything is read. */
    synchronized void watch() {
        var settings = new HashMap<>(kafka);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "freshet-membership");
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, heartbeatMillis);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, heartbeatMillis);
        admin = Admin.create(settings);
        asking = Infrastructure.getDefaultWorkerPool()
                .scheduleWithFixedDelay(this::ask, heartbeatMillis, heartbeatMillis, TimeUnit.MILLISECONDS);
        tell();
    }

    /** A consumer of this replica's has joined the group, under this name. */
    synchronized void joined(String consumer, String member) {
        lease.joined(consumer, member);
        tell();
        ask();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whatever became of it, it was heard
    private synchronized void ask() {
        var question = lease.question(clock.instant());
        if (admin != null && !question.members().isEmpty()) {
            admin.describeConsumerGroups(groups)
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
                .flatMap(group -> group.members().stream())
                .map(MemberDescription::consumerId)
                .collect(Collectors.toSet());
    }

    private void tell() {
        budgetShare.leasedUntil(lease.until());
    }

    /** Whether nobody else can have this replica's partitions. */
    synchronized boolean isSure() {
        return clock.instant().isBefore(lease.until());
    }

    private void say(@Nullable Throwable failure) {
        var isSure = isSure();
        if (isSure != isSaid) {
            isSaid = isSure;
            if (isSure) {
                LOG.infof("membership=confirmed groups=%s", groups);
            } else {
                LOG.warnf(
                        "membership=unconfirmed groups=%s cause=\"%s\": all that needs Mode waits",
                        groups, why(failure));
            }
        }
    }

    private static String why(@Nullable Throwable failure) {
        return failure == null ? "the group has lost this replica" : String.valueOf(failure.getMessage());
    }

    @PreDestroy
    void close() {
        var last = stop();
        if (last != null) {
            last.close(Duration.ZERO); // waits for its thread, which may be about to say what it heard
        }
    }

    private synchronized @Nullable Admin stop() {
        if (asking != null) {
            asking.cancel(false);
        }
        var last = admin;
        admin = null;
        return last;
    }
}
