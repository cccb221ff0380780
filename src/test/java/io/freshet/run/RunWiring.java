package io.freshet.run;

import io.freshet.catalog.Catalog;
import io.freshet.catalog.CatalogWiring;
import io.freshet.catalog.DataSources;
import io.freshet.catalog.LastRuns;
import io.freshet.catalog.ReportsOfObjectives;
import io.freshet.catalog.SqlStore;
import io.freshet.event.InboundRecord;
import io.freshet.event.Presentation;
import io.freshet.event.RecordPlace;
import io.freshet.event.Topics;
import io.freshet.event.WorkspacePartitions;
import io.freshet.intake.DeadLetterPublisher;
import io.freshet.ledger.InboxFlow;
import io.freshet.ledger.Ledger;
import io.freshet.ledger.VersionCheck;
import io.freshet.ledger.WorkspaceFacts;
import io.freshet.mode.Clocks;
import io.freshet.mode.Modes;
import io.freshet.replica.Membership;
import io.freshet.state.TrackingPolicy;
import io.freshet.telemetry.Observers;
import io.freshet.workspace.LineageSettingsOf;
import io.freshet.workspace.Objectives;
import io.freshet.workspace.WorkspaceWiring;
import io.freshet.workspace.Workspaces;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** An owner at work, with originals of the simulation's. */
public final class RunWiring {

    public interface Originals extends Function<List<RecordPlace>, Uni<Map<RecordPlace, Optional<InboundRecord>>>> {}

    private record Coalesce(Duration quiet, Duration maxWait) implements CoalesceConfig {}

    private final RunDriver driver;
    private final InboxReader inbox;

    public RunWiring(
            Ledger ledger,
            VersionCheck version,
            Modes modes,
            Workspaces workspaces,
            WorkspacePartitions partitions,
            Topics topics,
            Membership membership,
            Catalog catalog,
            CatalogWiring.Sql sql,
            WorkspaceFacts facts,
            Objectives objectives,
            ReportsOfObjectives counting,
            Presentation presentation,
            LastRuns lastRuns,
            DataSources dataSources,
            Observers observers,
            DeadLetterPublisher deadLetters,
            Originals originals,
            TrackingPolicy pace,
            Duration quiet,
            int mostOpenChanges,
            InboxFlow inboxFlow,
            Clocks clocks,
            ScheduledExecutorService timer) {
        var clock = clocks.steady();
        var telemetry = observers.telemetry();
        var tracing = observers.tracing();
        var gauges = observers.gauges();
        var refuse = new RefuseChanges(originals::apply, deadLetters);
        var follow = new FollowRun(ledger, pace, presentation, clock, timer);
        var steps = new StepDriver(
                modes,
                new PostRun(ledger, pace, clock),
                new ReconcileRun(ledger, pace, clock),
                follow,
                tracing,
                gauges,
                facts,
                pace,
                clock,
                timer);
        var first = new RunSettings().runFirst(workspaces, facts, new RefusedInState(steps, clock));
        var plans = new PlanDriver(
                new Coalesce(quiet, Duration.ofSeconds(30)),
                new PlanRefreshes(
                        catalog,
                        first,
                        ledger,
                        refuse,
                        facts,
                        counting,
                        modes,
                        CHANGES,
                        presentation,
                        telemetry,
                        tracing,
                        clock),
                new ProveBatch(
                        lastRuns, new LearnDatasetsFirst(facts, workspaces, catalog), modes, ledger, clock, timer),
                sql.known(),
                sql.read(),
                new MatchRuns(
                        dataSources,
                        workspaces,
                        LineageSettingsOf.settings(Map.of(), WorkspaceWiring.accounts(workspaces)),
                        ledger,
                        observers.lineageRuns(),
                        clock,
                        timer),
                facts,
                telemetry,
                clock,
                timer);
        var limits = new LimitKeeper(
                workspaces, modes, ledger, partitions, new TellPauses(modes, ledger, facts, clock, timer), clocks);
        var forgets = new ForgetDriver(ledger, CHANGES, clock, timer);
        this.driver = new RunDriver(
                steps,
                plans,
                limits,
                forgets,
                facts,
                new WatchObjectives(objectives, ledger, observers.lateReports(), clock, timer),
                observers.openChanges(),
                new QuarantinedKeys(workspaces, partitions, telemetry),
                partitions,
                membership,
                telemetry,
                tracing,
                new FinishSteps(steps, limits, timer));
        var bounds = new InboxBounds(mostOpenChanges, Long.MAX_VALUE);
        var tap = new InboxTap(bounds, inboxFlow, observers.openChanges(), partitions, clock, timer);
        this.inbox = new InboxReader(ledger, topics, version, follow, tap);
    }

    private static final ChangesConfig CHANGES = new ChangesConfig() {
        @Override
        public Duration remember() {
            return Duration.ofDays(7);
        }

        @Override
        public Duration giveUpAfter() {
            return Duration.ofDays(1);
        }
    };

    public static SqlStore sqlStore(Ledger ledger) {
        return new SqlInState(ledger);
    }

    public RunDriver driver() {
        return driver;
    }

    public Uni<Void> read(ConsumerRecords<byte[], byte[]> records) {
        return inbox.read(records);
    }
}
