package io.freshet.run;

import static java.util.Objects.requireNonNull;

import io.freshet.event.WorkspaceFact;
import io.freshet.event.WorkspacePartitions;
import io.freshet.ledger.Ledger;
import io.freshet.ledger.LedgerEntry;
import io.freshet.mode.Clocks;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.freshet.mode.limit.HandOver;
import io.freshet.mode.limit.TakeOver;
import io.freshet.state.RequestLimit;
import io.freshet.workspace.Workspace;
import io.freshet.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Takes the whole request limit of a workspace over from its former owner, and hands it over to the next. That Mode is
 * being called is saved before the first call; whoever finds that without a hand-over waits for one period.
 */
@ApplicationScoped
class LimitKeeper {

    private static final Logger LOG = Logger.getLogger(LimitKeeper.class);

    private final Workspaces workspaces;
    private final Modes modes;
    private final Ledger ledger;
    private final WorkspacePartitions partitions;
    private final TellPauses pauses;
    private final Clocks clocks;
    /** The last time. It stays when a partition goes: the ledger may hear of that only when it has come back. */
    private final Map<Integer, Instant> assignedAt = new ConcurrentHashMap<>();

    /** By account, as long as it isn't saved that Mode is being called. */
    private final Map<String, Pending> takingOver = new ConcurrentHashMap<>();

    /** What the former owner left. No record: two of the same are two. */
    private static final class Pending {
        final Optional<RequestLimit> left;
        final Instant since;

        Pending(Optional<RequestLimit> left, Instant since) {
            this.left = left;
            this.since = since;
        }
    }

    LimitKeeper(
            Workspaces workspaces,
            Modes modes,
            Ledger ledger,
            WorkspacePartitions partitions,
            TellPauses pauses,
            Clocks clocks) {
        this.workspaces = workspaces;
        this.modes = modes;
        this.ledger = ledger;
        this.partitions = partitions;
        this.pauses = pauses;
        this.clocks = clocks;
    }

    /** From now on nobody else calls for these partitions, unless it was cut off without knowing. */
    void assigned(Set<Integer> ours) {
        ours.forEach(partition -> assignedAt.put(partition, clocks.monotonic().instant()));
    }

    /** The partition was read back: its workspaces may be called once that is saved. */
    void restored(int partition, Map<String, RequestLimit> limits, Collection<WorkspaceFact> facts) {
        of(Set.of(partition))
                .filter(workspace -> !mode(workspace).limit().isOwned())
                .forEach(workspace ->
                        takeOver(workspace, partition, Optional.ofNullable(limits.get(workspace.account())), facts));
    }

    /** Nobody waits for this but the calls, so this is where it is subscribed to. */
    private void takeOver(
            Workspace workspace, int partition, Optional<RequestLimit> left, Collection<WorkspaceFact> facts) {
        var pending = new Pending(left, requireNonNull(assignedAt.get(partition), "not assigned"));
        takingOver.put(workspace.account(), pending);
        var entries = new ArrayList<LedgerEntry>();
        ShadowMode.change(workspace, facts).ifPresent(entries::add);
        entries.add(new LedgerEntry.LimitSaved(workspace.account(), new RequestLimit.Calling()));
        ledger.enter(entries).subscribe().with(saved -> own(workspace, pending), failure -> {
            takingOver.remove(workspace.account(), pending);
            LOG.errorf(failure, "account=%s can't be taken over", workspace.account());
        });
    }

    /** Not beside a hand-over, which would find nothing to hand over, and the workspace would be owned after it. */
    private synchronized void own(Workspace workspace, Pending pending) {
        if (!takingOver.remove(workspace.account(), pending)) {
            return; // it has gone again
        }
        mode(workspace).limit().own(how(workspace, pending));
        pauses.owned(mode(workspace));
    }

    private TakeOver how(Workspace workspace, Pending pending) {
        return pending.left
                .map(limit -> limit.fold(
                        calling -> TakeOver.unclean(rest(workspace.period(), pending.since)),
                        handedOver -> TakeOver.clean(handedOver.remaining(), handedOver.pause())))
                .orElseGet(TakeOver::unused);
    }

    private Duration rest(Duration period, Instant since) {
        var rest = period.minus(Duration.between(since, clocks.monotonic().instant()));
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    /** No call leaves any more for these partitions; ends when none is under way, so that the limit can be handed over. */
    CompletionStage<Void> leave(Set<Integer> theirs) {
        return CompletableFuture.allOf(of(theirs)
                .map(workspace -> mode(workspace).limit().leave().toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    /**
     * No call leaves any more for these partitions.
     *
     * @return what their next owner must know; nothing of a workspace for which a call is under way
     */
    synchronized List<LedgerEntry> handOver(Set<Integer> theirs) {
        return of(theirs).flatMap(workspace -> handOver(workspace).stream()).toList();
    }

    private Optional<LedgerEntry> handOver(Workspace workspace) {
        var pending = takingOver.remove(workspace.account());
        return (pending == null ? afterCalls(workspace) : Optional.of(beforeAnyCall(workspace, pending)))
                .map(limit -> new LedgerEntry.LimitSaved(workspace.account(), limit));
    }

    private Optional<RequestLimit> afterCalls(Workspace workspace) {
        var limit = mode(workspace).limit();
        var left = limit.isOwned() ? limit.handOver() : Optional.<HandOver>empty();
        limit.disown();
        return left.map(rest -> new RequestLimit.HandedOver(rest.remaining(), rest.pause()));
    }

    /** That Mode is being called may be saved already, or may yet be: it isn't true. */
    private RequestLimit beforeAnyCall(Workspace workspace, Pending pending) {
        var how = how(workspace, pending);
        return new RequestLimit.HandedOver(how.remaining(), how.pause());
    }

    /** They have gone, whether anything could be handed over or not. */
    synchronized void left(Set<Integer> theirs) {
        of(theirs).map(this::mode).forEach(mode -> {
            takingOver.remove(mode.account());
            mode.limit().disown();
            pauses.left(mode);
        });
    }

    private Stream<Workspace> of(Set<Integer> these) {
        return workspaces.all().stream().filter(workspace -> these.contains(partitions.of(workspace.account())));
    }

    private Mode mode(Workspace workspace) {
        return modes.find(workspace.account()).orElseThrow();
    }
}
