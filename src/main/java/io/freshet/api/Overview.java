package io.freshet.api;

import io.freshet.ledger.Ledger;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.freshet.telemetry.Activity;
import io.freshet.telemetry.FlowGauges;
import io.freshet.workspace.Workspace;
import io.freshet.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks at what this replica has in hand. */
@ApplicationScoped
class Overview {

    /** Whoever else looks so soon sees the same: many who look cost no more than one. */
    private static final Duration GOOD_FOR = Duration.ofMillis(500);

    private final Replica replica;
    private final Workspaces workspaces;
    private final Modes modes;
    private final Ledger ledger;
    private final FlowGauges flows;
    private final Clock clock;
    private @Nullable Status last;

    Overview(Replica replica, Workspaces workspaces, Modes modes, Ledger ledger, FlowGauges flows, Clock clock) {
        this.replica = replica;
        this.workspaces = workspaces;
        this.modes = modes;
        this.ledger = ledger;
        this.flows = flows;
        this.clock = clock;
    }

    synchronized Status status() {
        var now = clock.instant();
        if (last == null || !now.isBefore(last.at().plus(GOOD_FOR))) {
            last = look(now);
        }
        return last;
    }

    private Status look(Instant now) {
        var census = flows.reports().census();
        return new Status(
                replica.name(),
                now,
                workspaces.all().stream()
                        .flatMap(workspace ->
                                modes.find(workspace.account()).stream().map(mode -> look(workspace, mode)))
                        .toList(),
                flows.changesInHand(),
                new Status.Reports(
                        census.getOrDefault("waiting", 0),
                        census.getOrDefault("posting", 0),
                        census.getOrDefault("running", 0),
                        census.getOrDefault("settled", 0)),
                flows.waiting(now).map(Activity::seconds).orElse(null),
                new TreeSet<>(ledger.restoring().partitions()));
    }

    private static Status.OfWorkspace look(Workspace workspace, Mode mode) {
        var use = mode.limit().use();
        return new Status.OfWorkspace(
                workspace.account(),
                workspace.url().getHost(),
                new Status.Budget(
                        workspace.requests(),
                        Activity.seconds(workspace.period()),
                        use.limit(),
                        use.capacity(),
                        use.free(),
                        use.waiting()),
                mode.trouble().orElse(null));
    }

    /** The reports of this replica: what is under way first, the oldest of it at the top; then the rest, the newest. */
    List<ReportRow> reports() {
        var now = clock.instant();
        return flows.reports().all().entrySet().stream()
                .map(one -> ReportRow.of(one.getKey(), one.getValue(), now))
                .sorted(ReportRow.ORDER)
                .toList();
    }
}
