package io.freshet.ledger;

import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.RecordPlace;
import io.freshet.event.ReportKey;
import io.freshet.event.Target;
import io.freshet.event.Traces;
import io.freshet.event.WorkspacePartitions;
import io.freshet.state.Attempts;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportState;
import io.freshet.state.Transition;
import io.freshet.state.Waiting;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Entries and what they are about, for tests. The workspaces acme, globex and initech are in three partitions. */
final class Entries {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final WorkspacePartitions PARTITIONS = new WorkspacePartitions(3);
    static final int ACME = 2;
    static final int GLOBEX = 1;
    static final int INITECH = 0;
    static final ReportKey R1 = new ReportKey("acme", "r1");
    static final ReportKey R2 = new ReportKey("acme", "r2");

    private Entries() {}

    static Change change(String account, String id) {
        return new Change(
                account,
                new Target.DataSource("5a1d"),
                new ChangeRef("/etl", id, NOON.minusSeconds(60), null, "5a1d"),
                Traces.none(),
                new RecordPlace("upstream-data-changed", 0, 17, NOON));
    }

    static ChangeKey key(String account, String id) {
        return ChangeKey.of(change(account, id));
    }

    /** The change has come, in the partition of its workspace. */
    static LedgerEntry.Opened opened(String account, long offset, String id) {
        return new LedgerEntry.Opened(PARTITIONS.of(account), offset, change(account, id));
    }

    /** The change is planned: these reports are to be refreshed, each because of it. */
    static LedgerEntry.Planned planned(String account, String id, ReportKey... reports) {
        var requests = new LinkedHashMap<ReportKey, RefreshRequest>();
        Arrays.stream(reports).forEach(report -> requests.put(report, request(id)));
        return new LedgerEntry.Planned(account, List.of(key(account, id)), requests);
    }

    static LedgerEntry.StateChange step(ReportKey report, Function<Waiting, Transition> step) {
        return step(report, Waiting.class, step);
    }

    static <S extends ReportState> LedgerEntry.StateChange step(
            ReportKey report, Class<S> from, Function<S, Transition> step) {
        return new LedgerEntry.StateChange(report, state -> Optional.of(state)
                .filter(from::isInstance)
                .map(from::cast)
                .map(step));
    }

    static RefreshRequest request(String id) {
        return new RefreshRequest(
                new TreeSet<>(Set.of("d1")), ChangeRefs.of(change("acme", id).ref()), NOON);
    }

    static Waiting waiting(RefreshRequest request) {
        return new Waiting(request, NOON, Attempts.NONE, ReportHistory.EMPTY);
    }

    /** A partition in which nothing was. */
    static RestoredPartition empty(long position) {
        return new RestoredPartition(Map.of(), Map.of(), Map.of(), Set.of(), position);
    }
}
