package io.freshet.view;

import io.freshet.event.BatchKey;
import io.freshet.event.NewerReaderNeeded;
import io.freshet.event.Outcome;
import io.freshet.event.Presentation;
import io.freshet.event.ReportKey;
import io.freshet.event.WorkspaceFact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the state topic says of all workspaces. Plain Java, for one writing thread and many that ask. */
final class StateView {

    private static final Logger LOG = Logger.getLogger(StateView.class);
    /** So many may wait for changes at a time. */
    static final int MOST_WAITERS = 1_000;

    /** What is to be told, and to whom, once nothing is held up by it. */
    private record Answer(CompletableFuture<ChangeStatus> waiter, ChangeStatus status) {}

    private final NavigableMap<String, WorkspaceView> workspaces = new TreeMap<>();
    private final Waiters waiters = new Waiters(MOST_WAITERS);
    private final Set<ViewKey> unreadable = new HashSet<>();
    private final Presentation presentation;

    StateView(Presentation presentation) {
        this.presentation = presentation;
    }

    /** A record of the state topic; what isn't for the view is ignored. */
    void apply(byte[] key, byte @Nullable [] value) {
        ViewKey.parse(key).ifPresent(parsed -> apply(parsed, value));
    }

    private void apply(ViewKey key, byte @Nullable [] value) {
        try {
            apply(key, value == null ? StateUpdate.gone(key) : StateUpdate.of(key, value, presentation), false);
        } catch (IOException | NewerReaderNeeded | ArithmeticException e) {
            LOG.debugf(e, "%s can't be read, and isn't shown", key);
            leaveOut(key);
        }
    }

    /** An earlier record of the key counts no longer. */
    private void leaveOut(ViewKey key) {
        try {
            apply(key, StateUpdate.gone(key), true);
        } catch (IOException e) {
            LOG.debugf(e, "%s is no key of Freshet's", key);
        }
    }

    private void apply(ViewKey key, StateUpdate update, boolean isUnreadable) {
        var answers = new ArrayList<Answer>();
        synchronized (this) {
            var workspace = workspaces.computeIfAbsent(key.account(), first -> new WorkspaceView());
            update.to(workspace, digest -> answer(key.account(), digest, workspace, answers));
            if (isUnreadable) {
                unreadable.add(key);
            } else {
                unreadable.remove(key);
            }
        }
        answers.forEach(answer -> answer.waiter().complete(answer.status()));
    }

    private void answer(String account, long digest, WorkspaceView workspace, List<Answer> answers) {
        var those = waiters.take(account, digest);
        if (!those.isEmpty()) {
            workspace
                    .find(digest)
                    .ifPresent(status -> those.forEach(waiter -> answers.add(new Answer(waiter, status))));
        }
    }

    synchronized Optional<ChangeStatus> change(String account, long digest) {
        return Optional.ofNullable(workspaces.get(account)).flatMap(workspace -> workspace.find(digest));
    }

    /** Ends when the change is settled, perhaps at once. Empty if too many wait already. */
    synchronized Optional<CompletableFuture<ChangeStatus>> settled(String account, long digest) {
        var now = change(account, digest).filter(status -> status.settled().isPresent());
        if (now.isPresent()) {
            return Optional.of(CompletableFuture.completedFuture(now.get()));
        }
        return waiters.isFull() ? Optional.empty() : Optional.of(waiters.add(account, digest));
    }

    synchronized void leave(String account, long digest, CompletableFuture<ChangeStatus> waiter) {
        waiters.remove(account, digest, waiter);
    }

    /** @param told how reports ended for the batch that is asked for, where their records may have forgotten it */
    synchronized ReportList reports(ReportQuery query, Map<ReportKey, Outcome> told) {
        return ReportSearch.in(workspaces, query, told);
    }

    /** The newest first. */
    synchronized List<BatchStatus> batches(BatchQuery query) {
        return BatchSearch.in(workspaces, query);
    }

    synchronized Optional<BatchStatus> batch(BatchKey key) {
        return Optional.ofNullable(workspaces.get(key.account()))
                .map(WorkspaceView::batches)
                .flatMap(batches -> batches.find(key.number()).map(batch -> batches.status(key, batch)));
    }

    synchronized Optional<ReportStatus> report(ReportKey key) {
        var workspace = workspaces.get(key.account());
        return Optional.ofNullable(workspace)
                .flatMap(known -> Optional.ofNullable(known.targets(key.kind()).get(key.reportToken()))
                        .map(packed -> ReportStatus.of(key, PackedTarget.unpack(packed), known, Optional.empty())));
    }

    /** What is known of all workspaces, by account. */
    synchronized List<WorkspaceFact> facts() {
        return workspaces.values().stream()
                .flatMap(workspace -> workspace.holds().facts().stream())
                .toList();
    }

    /** The reports of all workspaces that are late, by account and token. */
    synchronized List<LateReport> late() {
        return workspaces.values().stream()
                .flatMap(workspace -> workspace.objectives().late())
                .toList();
    }

    /** Reports of all workspaces that haven't shown a change which an objective counts, by account and token. */
    synchronized List<UnshownReport> unshown() {
        return workspaces.values().stream()
                .flatMap(workspace -> workspace.objectives().unshown())
                .toList();
    }

    synchronized Census census() {
        return Census.of(workspaces.values());
    }

    synchronized int unreadable() {
        return unreadable.size();
    }
}
