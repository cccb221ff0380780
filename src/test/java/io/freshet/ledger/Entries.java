package io.freshet.ledger;

import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.LeftOut;
import io.freshet.event.NotSucceeded;
import io.freshet.event.RecordPlace;
import io.freshet.event.ReportKey;
import io.freshet.event.Target;
import io.freshet.event.Traces;
import io.freshet.event.WorkspacePartitions;
import io.freshet.state.Attempts;
import io.freshet.state.Posting;
import io.freshet.state.RefreshRequest;
import io.freshet.state.Refusal;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportState;
import io.freshet.state.Run;
import io.freshet.state.Running;
import io.freshet.state.Samples;
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
import java.util.stream.IntStream;

/** Entries and what they are about, for tests. The workspaces acme, globex and initech are in three partitions. */
final class Entries {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final WorkspacePartitions PARTITIONS = new WorkspacePartitions(3);
    static final int ACME = 2;
    static final int GLOBEX = 1;
    static final int INITECH = 0;
    static final ReportKey R1 = new ReportKey("acme", "r1");
    static final ReportKey R2 = new ReportKey("acme", "r2");
    static final ReportKey R3 = new ReportKey("acme", "r3");
    static final Target TARGET = new Target.DataSource("5a1d");
    static final NotSucceeded NOT_FOUND =
            new NotSucceeded("5a1d", "data_source", "refused", "data_source_not_found", null);

    private Entries() {}

    /** Its record lies somewhere that is its own. */
    static Change change(String account, String id) {
        return change(account, id, 1_000 + Integer.toUnsignedLong((account + id).hashCode()));
    }

    private static Change change(String account, String id, long offset) {
        return new Change(
                account,
                TARGET,
                new ChangeRef("/etl", id, NOON.minusSeconds(60), null, "5a1d"),
                Traces.none(),
                new RecordPlace("upstream-data-changed", 0, offset, NOON));
    }

    /** The same change, of another record. */
    static Change sentAgain(String id, long offset) {
        return change("acme", id, offset);
    }

    /** A change of another target under the same identity. */
    static Change ofOtherTarget(String id) {
        var change = change("acme", id, 99);
        return new Change("acme", new Target.Space("5a1d"), change.ref(), change.traces(), change.place());
    }

    static ChangeKey key(String account, String id) {
        return ChangeKey.of(change(account, id));
    }

    static List<String> ids(String prefix, int many) {
        return IntStream.range(0, many).mapToObj(n -> prefix + n).toList();
    }

    /** The change has come, in the partition of its workspace. */
    static LedgerEntry.Opened opened(String account, long offset, String id) {
        return new LedgerEntry.Opened(PARTITIONS.of(account), offset, change(account, id));
    }

    /** The change is planned: these reports are to be refreshed because of it. */
    static LedgerEntry.Planned planned(String account, String id, ReportKey... reports) {
        return planned(account, List.of(id), reports);
    }

    static LedgerEntry.Planned planned(String account, List<String> ids, ReportKey... reports) {
        return planned(account, ids, List.of(), List.of(), reports);
    }

    /** So that Mode can be asked whether their datasets are fresh: by its clock the newest change was read at noon. */
    static LedgerEntry.Planned plannedAtNoon(List<String> ids, List<LeftOut> leftOut, ReportKey... reports) {
        return planned("acme", ids, leftOut, List.of(), Optional.of(NOON), reports);
    }

    static LedgerEntry.Planned planned(
            String account,
            List<String> ids,
            List<LeftOut> leftOut,
            List<NotSucceeded> notFound,
            ReportKey... reports) {
        return planned(account, ids, leftOut, notFound, Optional.empty(), reports);
    }

    private static LedgerEntry.Planned planned(
            String account,
            List<String> ids,
            List<LeftOut> leftOut,
            List<NotSucceeded> notFound,
            Optional<Instant> knownAt,
            ReportKey... reports) {
        var requests = new LinkedHashMap<ReportKey, RefreshRequest>();
        Arrays.stream(reports).forEach(report -> requests.put(report, request()));
        return new LedgerEntry.Planned(
                account,
                TARGET,
                ids.stream().map(id -> key(account, id)).toList(),
                requests,
                Map.of(),
                List.of("d1"),
                leftOut,
                notFound,
                Map.of(),
                Map.of(),
                Map.of(),
                knownAt,
                Traces.none());
    }

    /** The same, where Mode has said what they are called. */
    static LedgerEntry.Planned named(LedgerEntry.Planned planned, Map<String, String> names) {
        return new LedgerEntry.Planned(
                planned.account(),
                planned.target(),
                planned.changes(),
                planned.requests(),
                planned.awaits(),
                planned.datasets(),
                planned.leftOut(),
                planned.notFound(),
                planned.objectives(),
                names,
                planned.why(),
                planned.knownAt(),
                planned.traces());
    }

    /** Mode knows no such data source. */
    static LedgerEntry.Refused refused(String account, List<String> ids) {
        return new LedgerEntry.Refused(
                account, TARGET, ids.stream().map(id -> key(account, id)).toList(), NOT_FOUND);
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

    static LedgerEntry.StateChange posting(ReportKey report) {
        return step(report, waiting -> waiting.posting(NOON, NOON));
    }

    static LedgerEntry.StateChange accepted(ReportKey report, String run) {
        return step(
                report, Posting.class, posting -> posting.accepted(report, Samples.run(run, NOON), NOON, Samples.PACE));
    }

    /** Mode lists a run that can be ours. */
    static LedgerEntry.StateChange adopted(ReportKey report, String run) {
        return step(
                report,
                Posting.class,
                posting -> posting.listed(
                        report, Samples.listed(List.of(Samples.run(run, NOON))), NOON, NOON, Samples.PACE));
    }

    static LedgerEntry.StateChange rejected(ReportKey report) {
        return step(
                report,
                Posting.class,
                posting -> posting.refused(report, new Refusal("report_not_found", 404, "No such report."), NOON));
    }

    /** Its run ended so many seconds after noon. */
    static LedgerEntry.StateChange ended(ReportKey report, Run.Status status, int second) {
        var end = NOON.plusSeconds(second);
        return step(
                report,
                Running.class,
                running -> running.seen(
                        report,
                        Samples.ended(Samples.run(running.runToken(), NOON), status, end),
                        Optional.empty(),
                        end,
                        Samples.PACE));
    }

    /** As a plan asks for it, before it is in a batch. */
    static RefreshRequest request() {
        return new RefreshRequest(new TreeSet<>(Set.of("d1")), ChangeRefs.none(), NOON);
    }

    /** Because of these changes of a batch. */
    static RefreshRequest request(long batch, String... ids) {
        return request().because(refs(batch, ids));
    }

    static ChangeRefs refs(long batch, String... ids) {
        return ChangeRefs.of(
                        Arrays.stream(ids).map(id -> change("acme", id).ref()).toList())
                .inBatch(batch);
    }

    static Waiting waiting(RefreshRequest request) {
        return new Waiting(request, NOON, Attempts.NONE, ReportHistory.EMPTY);
    }

    /** A partition in which nothing was. */
    static RestoredPartition empty(long position) {
        return restored(Map.of(), Map.of(), Set.of(), position);
    }

    static RestoredPartition restored(
            Map<ReportKey, ReportState> reports,
            Map<ChangeKey, Change> changes,
            Set<String> quarantined,
            long position) {
        return new RestoredPartition(
                reports,
                changes,
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                quarantined,
                position);
    }
}
