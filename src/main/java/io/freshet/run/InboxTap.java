package io.freshet.run;

import io.freshet.event.WorkspacePartitions;
import io.freshet.ledger.InboxFlow;
import io.freshet.mode.OneShotTimer;
import io.freshet.telemetry.OpenChanges;
import io.freshet.telemetry.OpenChanges.InHand;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Lets the inbox partition of a workspace wait that has as many changes open as it may. Those of other partitions go on.
 * Whenever changes come, those workspaces are looked at that had any since; all of them, every second while one waits.
 */
@ApplicationScoped
class InboxTap {

    private static final Logger LOG = Logger.getLogger(InboxTap.class);
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final InboxBounds bounds;
    private final InboxFlow inbox;
    private final OpenChanges open;
    private final WorkspacePartitions partitions;
    private final Clock clock;
    private final OneShotTimer timer;
    private Set<String> waiting = Set.of();

    @Inject
    InboxTap(
            InboxFlow inbox,
            OpenChanges open,
            WorkspacePartitions partitions,
            Clock clock,
            @Identifier("timer") ScheduledExecutorService timer) {
        this(InboxBounds.ofThisProcess(), inbox, open, partitions, clock, timer);
    }

    InboxTap(
            InboxBounds bounds,
            InboxFlow inbox,
            OpenChanges open,
            WorkspacePartitions partitions,
            Clock clock,
            ScheduledExecutorService timer) {
        this.bounds = bounds;
        this.inbox = inbox;
        this.open = open;
        this.partitions = partitions;
        this.clock = clock;
        this.timer = new OneShotTimer(clock, timer, this::lookAtAll);
    }

    synchronized void look() {
        if (bounds.isReached(open.grown(), open.bytes())) {
            lookAtAll();
        }
    }

    synchronized void lookAtAll() {
        var inHand = open.inHand();
        var full = bounds.full(inHand, waiting);
        if (full.isEmpty() && waiting.isEmpty()) {
            return;
        }
        say(inHand, full);
        waiting = full;
        open.waiting(full);
        inbox.hold(full.stream().map(partitions::of).collect(Collectors.toSet()));
        timer.set(
                full.isEmpty() ? Optional.empty() : Optional.of(clock.instant().plus(BETWEEN)));
    }

    private void say(Map<String, InHand> inHand, Set<String> full) {
        inHand.forEach((account, one) -> {
            if (full.contains(account) && !waiting.contains(account)) {
                LOG.warnf(
                        "inbox=waits account=%s open=%d: it has as many open changes as it may; further ones stay in Kafka until some are settled",
                        account, one.changes());
            } else if (waiting.contains(account) && !full.contains(account)) {
                LOG.infof("inbox=flows account=%s", account);
            }
        });
    }
}
