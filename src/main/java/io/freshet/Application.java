package io.freshet;

import io.freshet.api.WebhookConfig;
import io.freshet.api.WebhookSecrets;
import io.freshet.event.WorkspacePartitions;
import io.freshet.intake.Intake;
import io.freshet.intake.IntakeConfig;
import io.freshet.ledger.Ledger;
import io.freshet.replica.Membership;
import io.freshet.replica.ReplicaConfig;
import io.freshet.replica.ThisReplica;
import io.freshet.replica.TopicWatch;
import io.freshet.run.RunDriver;
import io.freshet.state.TrackingPolicy;
import io.freshet.workspace.LineageSettings;
import io.freshet.workspace.Objectives;
import io.freshet.workspace.Workspaces;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;

/** Before the first record is read, and after the last step was taken. */
@ApplicationScoped
class Application {

    private static final Logger LOG = Logger.getLogger(Application.class);

    private final Workspaces workspaces;
    private final Objectives objectives;
    private final LineageSettings lineage;
    private final IntakeConfig intake;
    private final WebhookConfig webhook;
    private final ReplicaConfig replica;
    private final Instance<TrackingPolicy> policy;
    private final Instance<WorkspacePartitions> partitions;
    private final Membership membership;
    private final TopicWatch topics;
    private final Ledger ledger;
    private final RunDriver runDriver;
    private final BeginView view;

    Application(
            Workspaces workspaces,
            Objectives objectives,
            LineageSettings lineage,
            IntakeConfig intake,
            WebhookConfig webhook,
            ReplicaConfig replica,
            Instance<TrackingPolicy> policy,
            Instance<WorkspacePartitions> partitions,
            Membership membership,
            TopicWatch topics,
            Ledger ledger,
            RunDriver runDriver,
            BeginView view) {
        this.workspaces = workspaces;
        this.objectives = objectives;
        this.lineage = lineage;
        this.intake = intake;
        this.webhook = webhook;
        this.replica = replica;
        this.policy = policy;
        this.partitions = partitions;
        this.membership = membership;
        this.topics = topics;
        this.ledger = ledger;
        this.runDriver = runDriver;
        this.view = view;
    }

    /**
     * Settings first, then the topics, which are looked at when their partitions are asked for. Ahead of the messaging
     * extension, which begins to read at {@code LIBRARY_BEFORE}.
     */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        Intake.check(intake);
        WebhookSecrets.check(webhook);
        ThisReplica.check(replica);
        workspaces
                .all()
                .forEach(workspace -> LOG.infof(
                        "workspace account=%s url=%s requests=%d period=%s",
                        workspace.account(), workspace.url(), workspace.requests(), workspace.period()));
        objectives
                .all()
                .forEach(objective -> LOG.infof(
                        "objective=%s account=%s within=%s",
                        objective.name(), objective.account(), objective.within()));
        LOG.debugf("policy=%s mappings=%s", policy.get(), lineage.mappings());
        var layout = partitions.get();
        membership.watch();
        topics.watch();
        ledger.open(layout, runDriver);
        view.onceReady();
    }

    /** What is under way may end; what is not begun is another replica's, or this one's after its restart. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        runDriver.finish().chain(() -> ledger.close(runDriver.owned())).await().indefinitely();
    }
}
