package io.freshet.view;

import io.freshet.event.BatchKey;
import io.freshet.event.Outcome;
import io.freshet.event.Presentation;
import io.freshet.event.ReportKey;
import io.freshet.event.WorkspaceFact;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** All that is known of all workspaces, whichever replica owns them; asked by many threads at a time. */
@ApplicationScoped
public class ClusterView {

    private static final Logger LOG = Logger.getLogger(ClusterView.class);
    private static final int HISTORY_CHARACTERS = 16 << 20;
    private static final int PLANS_CHARACTERS = 4 << 20;
    /** What happens within it is told together. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final Clock clock;
    private final StateView state;
    private final RunHistory history = new RunHistory(RunHistory.MOST, HISTORY_CHARACTERS);
    private final ToldPlans plans = new ToldPlans(ToldPlans.MOST, PLANS_CHARACTERS);
    private final TargetNames names = new TargetNames();
    private final ActivityFeed feed;
    private final CatchUp catchUp = new CatchUp();

    @Inject
    ClusterView(Presentation presentation, Clock clock, @Identifier("timer") ScheduledExecutorService timer) {
        this(presentation, clock, new ActivityFeed(telling -> {
            var ignored = timer.schedule(telling, MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        }));
    }

    ClusterView(Presentation presentation, Clock clock, ActivityFeed feed) {
        this.state = new StateView(presentation);
        this.clock = clock;
        this.feed = feed;
    }

    void apply(byte[] key, byte @Nullable [] value) {
        state.apply(key, value);
    }

    /** A record of a topic that anybody may write to: what is no event of Freshet's is passed over. */
    void told(ToldEvent.Kind kind, byte @Nullable [] data) {
        try {
            if (data != null) {
                var event = ToldEvent.read(kind, data);
                feed.add(event.activity());
                keep(event);
            }
        } catch (IOException e) {
            LOG.debugf(e, "a %s event can't be read, and isn't shown", kind);
        }
    }

    private void keep(ToldEvent event) throws IOException {
        switch (event.kind()) {
            case FINISHED, REJECTED -> {
                synchronized (history) {
                    history.add(event, clock.instant());
                }
            }
            case PLANNED -> {
                var plan = event.plan();
                plans.add(plan, clock.instant());
                names.told(plan);
            }
            case ACCEPTED, CHANGED -> {}
        }
    }

    void catchingUp(int percent) {
        catchUp.catchingUp(percent);
    }

    void following() {
        catchUp.following();
        feed.goLive();
    }

    void away(String cause) {
        catchUp.away(cause);
    }

    public ViewProgress progress() {
        return catchUp.progress(state.unreadable());
    }

    public Optional<ChangeStatus> change(String account, long digest) {
        return state.change(account, digest);
    }

    /** Ends when the change is settled, perhaps at once, seen yet or not. Empty if too many wait already. */
    public Optional<CompletableFuture<ChangeStatus>> settled(String account, long digest) {
        return state.settled(account, digest);
    }

    /** Nobody waits for it any more. */
    public void leave(String account, long digest, CompletableFuture<ChangeStatus> waiter) {
        state.leave(account, digest, waiter);
    }

    public ReportList reports(ReportQuery query) {
        return state.reports(query, query.batch().map(this::ends).orElse(Map.of()));
    }

    /** What the reports' own records needn't remember any more; of an open batch they remember all. */
    private Map<ReportKey, Outcome> ends(BatchKey batch) {
        if (state.batch(batch).filter(known -> known.settled().isEmpty()).isPresent()) {
            return Map.of();
        }
        synchronized (history) {
            return history.ends(batch);
        }
    }

    /** The newest first. */
    public List<BatchStatus> batches(BatchQuery query) {
        return state.batches(query).stream().map(this::withPlan).toList();
    }

    public Optional<BatchStatus> batch(BatchKey batch) {
        return state.batch(batch).map(this::withPlan);
    }

    private BatchStatus withPlan(BatchStatus status) {
        return status.with(plans.find(status.batch()));
    }

    public Optional<ReportStatus> report(ReportKey report) {
        return state.report(report);
    }

    /** What is known of all workspaces, by account. */
    public List<WorkspaceFact> facts() {
        return state.facts();
    }

    public TargetNames names() {
        return names;
    }

    /** The reports of all workspaces that are late, by account and token. */
    public List<LateReport> late() {
        return state.late();
    }

    /** Reports of all workspaces that haven't shown a change which an objective counts, by account and token. */
    public List<UnshownReport> unshown() {
        return state.unshown();
    }

    public Census census() {
        return state.census();
    }

    /** The last runs of a report or dataset that have ended, the newest first, each as JSON as it was told. */
    public List<String> runs(ReportKey report, int limit) {
        synchronized (history) {
            return history.runs(report).limit(limit).map(ToldEvent::data).toList();
        }
    }

    /**
     * How the last runs and requests ended, the newest first.
     *
     * @param of only those for changes of this batch
     */
    public List<Activity> ends(Optional<BatchKey> of, int limit) {
        List<ToldEvent> last;
        synchronized (history) {
            var all = of.map(history::newestFirst).orElseGet(history::newestFirst);
            last = all.limit(limit).toList();
        }
        return last.stream().map(ToldEvent::activityOfKnown).toList();
    }

    /** What has happened after this number, as far as it is kept, and then what happens. */
    public Multi<List<ActivityFeed.Numbered>> after(long seen) {
        return feed.after(seen);
    }
}
