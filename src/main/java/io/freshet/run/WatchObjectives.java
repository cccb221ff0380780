package io.freshet.run;

import io.freshet.event.ReportKey;
import io.freshet.ledger.Ledger;
import io.freshet.ledger.LedgerEntry;
import io.freshet.mode.OneShotTimer;
import io.freshet.schedule.Deadlines;
import io.freshet.state.Unshown;
import io.freshet.telemetry.LateReports;
import io.freshet.workspace.Objectives;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Has it told when a report of this replica's workspaces is late, at the moment when it becomes so. */
@ApplicationScoped
class WatchObjectives {

    private static final Logger LOG = Logger.getLogger(WatchObjectives.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final Objectives objectives;
    private final Ledger ledger;
    private final LateReports lateReports;
    private final Clock clock;
    private final OneShotTimer timer;
    private final Map<ReportKey, Unshown> unshown = new HashMap<>();
    private final Deadlines deadlines = new Deadlines();

    WatchObjectives(
            Objectives objectives,
            Ledger ledger,
            LateReports lateReports,
            Clock clock,
            @Identifier("timer") ScheduledExecutorService timer) {
        this.objectives = objectives;
        this.ledger = ledger;
        this.lateReports = lateReports;
        this.clock = clock;
        this.timer = new OneShotTimer(clock, timer, this::look);
        objectives.all().forEach(objective -> lateReports.watch(objective.account(), objective.name()));
    }

    /** All that is known of these workspaces is this. */
    synchronized void restored(Predicate<String> accounts, Map<ReportKey, Unshown> all) {
        forget(accounts);
        lateReports.restored(all);
        all.forEach(this::set);
        timer.set(deadlines.next());
    }

    synchronized void changed(ReportKey report, Unshown now) {
        set(report, now);
        timer.set(deadlines.next());
    }

    private void set(ReportKey report, Unshown now) {
        if (now.isNothing()) {
            unshown.remove(report);
        } else {
            unshown.put(report, now);
        }
        deadlines.set(report, now.deadline(objectives.within(report.account())));
        lateReports.are(report, now.breaches());
    }

    synchronized void left(Predicate<String> accounts) {
        forget(accounts);
        timer.set(deadlines.next());
    }

    private void forget(Predicate<String> accounts) {
        unshown.keySet().removeIf(report -> accounts.test(report.account()));
        deadlines.forget(accounts);
        lateReports.left(accounts);
    }

    private void look() {
        due().forEach(this::enter);
    }

    private synchronized Map<ReportKey, List<LedgerEntry>> due() {
        var now = clock.instant();
        var late = new LinkedHashMap<ReportKey, List<LedgerEntry>>();
        deadlines.take(now).forEach(report -> late.put(report, late(report, now).toList()));
        timer.set(deadlines.next());
        return late;
    }

    private Stream<LedgerEntry> late(ReportKey report, Instant now) {
        var all = unshown.getOrDefault(report, Unshown.NOTHING);
        return objectives.within(report.account()).entrySet().stream()
                .filter(one -> !all.breaches().containsKey(one.getKey()))
                .filter(one -> all.late(one.getKey(), one.getValue(), now).isPresent())
                .map(one -> new LedgerEntry.Breached(report, one.getKey(), one.getValue()));
    }

    /** Once it is written, it is heard of as a change. */
    private void enter(ReportKey report, List<LedgerEntry> late) {
        ledger.enter(late).subscribe().with(done -> {}, failure -> {
            LOG.warnf(failure, "%s is late, which can't be told now", report);
            again(report);
        });
    }

    private synchronized void again(ReportKey report) {
        if (unshown.containsKey(report)) {
            deadlines.set(report, Optional.of(clock.instant().plus(AFTER_FAILURE)));
            timer.set(deadlines.next());
        }
    }
}
