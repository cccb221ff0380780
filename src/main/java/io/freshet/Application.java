package io.freshet;

import io.freshet.ledger.Ledger;
import io.freshet.state.TrackingPolicy;
import io.freshet.workspace.Workspaces;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;

/** Before the first record is read, and after the last step was taken. */
@ApplicationScoped
class Application {

    private static final Logger LOG = Logger.getLogger(Application.class);

    private final Workspaces workspaces;
    private final CoalesceConfig coalesce;
    private final WebhookConfig webhook;
    private final TrackingPolicy pace;
    private final CheckTopics topics;
    private final RefreshPartitions partitions;
    private final BudgetShare budgetShare;
    private final Membership membership;
    private final Ledger ledger;
    private final RunDriver takeSteps;

    Application(
            Workspaces workspaces,
            CoalesceConfig coalesce,
            WebhookConfig webhook,
            TrackingPolicy pace,
            CheckTopics topics,
            RefreshPartitions partitions,
            BudgetShare budgetShare,
            Membership membership,
            Ledger ledger,
            RunDriver takeSteps) {
        this.workspaces = workspaces;
        this.coalesce = coalesce;
        this.webhook = webhook;
        this.pace = pace;
        this.topics = topics;
        this.partitions = partitions;
        this.budgetShare = budgetShare;
        this.membership = membership;
        this.ledger = ledger;
        this.takeSteps = takeSteps;
    }

    /** Ahead of the messaging extension, which begins to read at {@code LIBRARY_BEFORE}. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        Settings.check(coalesce);
        Settings.check(webhook);
        workspaces
                .all()
                .forEach(workspace -> LOG.infof(
                        "workspace account=%s url=%s requests=%d period=%s",
                        workspace.account(), workspace.url(), workspace.requests(), workspace.period()));
        LOG.debugf("pace=%s", pace);
        var found = topics.check();
        partitions.are(found.refreshPartitions());
        budgetShare.of(found);
        membership.watch();
        ledger.open(takeSteps);
    }

    /** What is under way may end; what is not begun is another replica's, or this one's after its restart. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        takeSteps.finish();
        ledger.close();
    }
}
