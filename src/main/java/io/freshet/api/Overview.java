package io.freshet.api;

import io.freshet.event.ReportKey;
import io.freshet.ledger.Ledger;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.freshet.mode.Trouble;
import io.freshet.replica.ThisReplica;
import io.freshet.view.Census;
import io.freshet.view.ClusterView;
import io.freshet.view.LateReport;
import io.freshet.view.ReportStatus;
import io.freshet.view.Stage;
import io.freshet.view.ViewProgress;
import io.freshet.workspace.Workspace;
import io.freshet.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Looks at this replica, and at what all of them have in hand. */
@ApplicationScoped
class Overview {

    static final int MOST_FACTS = 100;

    /** Whoever else looks so soon sees the same: many who look cost no more than one. */
    private static final Duration GOOD_FOR = Duration.ofMillis(500);

    private final ThisReplica replica;
    private final Workspaces workspaces;
    private final Modes modes;
    private final Ledger ledger;
    private final ClusterView view;
    private final Clock clock;
    private @Nullable Status last;

    Overview(ThisReplica replica, Workspaces workspaces, Modes modes, Ledger ledger, ClusterView view, Clock clock) {
        this.replica = replica;
        this.workspaces = workspaces;
        this.modes = modes;
        this.ledger = ledger;
        this.view = view;
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
        var census = view.census();
        return new Status(
                replica.name(),
                now,
                workspaces.all().stream()
                        .flatMap(workspace ->
                                modes.find(workspace.account()).stream().map(mode -> look(workspace, mode)))
                        .toList(),
                census.openChanges(),
                reports(census::reports),
                reports(census::datasets),
                waiting(census, now),
                new TreeSet<>(ledger.restoring().partitions()),
                view.facts().stream()
                        .limit(MOST_FACTS)
                        .map(fact -> FactRow.of(fact, view))
                        .toList(),
                view.late().stream().limit(MOST_FACTS).map(this::row).toList(),
                look(view.progress()));
    }

    private LateRow row(LateReport late) {
        var name = view.report(new ReportKey(late.account(), late.report())).flatMap(ReportStatus::name);
        return LateRow.of(late, name.orElse(null));
    }

    private static Status.Reports reports(ToIntFunction<Stage> count) {
        return new Status.Reports(
                count.applyAsInt(Stage.WAITING),
                count.applyAsInt(Stage.POSTING),
                count.applyAsInt(Stage.RUNNING),
                count.applyAsInt(Stage.SETTLED));
    }

    /** Whoever wrote it may have a clock that is fast. */
    private static @Nullable Double waiting(Census census, Instant now) {
        return census.waitingSince()
                .map(since -> since.isBefore(now) ? seconds(Duration.between(since, now)) : 0)
                .orElse(null);
    }

    private static Status.View look(ViewProgress progress) {
        return new Status.View(
                progress.state().name().toLowerCase(Locale.ROOT),
                Behind.percent(progress).orElse(null),
                progress.trouble().orElse(null),
                progress.unreadable());
    }

    private static Status.OfWorkspace look(Workspace workspace, Mode mode) {
        var use = mode.limit().use();
        return new Status.OfWorkspace(
                workspace.account(),
                workspace.url().getHost(),
                new Status.Budget(
                        workspace.requests(),
                        seconds(workspace.period()),
                        use.limit(),
                        use.capacity(),
                        use.free(),
                        use.waiting()),
                mode.trouble().map(Trouble::text).orElse(null));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
