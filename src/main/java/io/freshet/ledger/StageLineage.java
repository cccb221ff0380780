package io.freshet.ledger;

import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.lineage.LineageJson;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.LineageRun;
import java.util.Optional;

/** What is heard of runs of OpenLineage, and the changes that they mean. */
final class StageLineage {

    private StageLineage() {}

    static void heard(LedgerEntry.RunHeard heard, Staging staging) {
        var key = heard.run();
        var before = run(key, staging);
        var after = LineageRun.after(before, heard.update(), staging.now());
        if (after.equals(before) || staging.committed(key.account()).isQuarantined(new StateKey.OfLineage(key))) {
            return;
        }
        if (before.isEmpty()) {
            makeRoom(key.account(), staging);
        }
        save(key, after, staging);
    }

    /** Of a transaction, one run more than there is room for is enough: the next one makes room again. */
    private static void makeRoom(String account, Staging staging) {
        staging.committed(account)
                .lineage(account)
                .surplus()
                .ifPresent(oldest -> save(new LineageKey(account, oldest), Optional.empty(), staging));
    }

    /**
     * A change that is known already has no effect, and neither has what follows from less than is known by now. A run that
     * concerns the workspace is kept for a while, as its end may be told again with fewer outputs.
     */
    static void matched(LedgerEntry.RunMatched matched, Staging staging) {
        run(matched.run(), staging).filter(matched.known()::equals).ifPresent(run -> {
            matched.changes().forEach(change -> open(change, staging));
            var isKept = !matched.changes().isEmpty();
            save(matched.run(), isKept ? Optional.of(run.matched(staging.now())) : Optional.empty(), staging);
        });
    }

    private static void open(Change change, Staging staging) {
        var key = ChangeKey.of(change);
        if (!staging.isKnown(key, change.place())) {
            staging.open(key, change);
        }
    }

    /** Those of which nothing has been heard for long. */
    static void forgetOld(PartitionState partition, int most, Staging staging) {
        partition.lineage().forEach((account, runs) -> runs.outdated(staging.now(), most).stream()
                .map(run -> new LineageKey(account, run))
                .filter(key -> !staging.staged().lineage().containsKey(key))
                .forEach(key -> save(key, Optional.empty(), staging)));
    }

    private static Optional<LineageRun> run(LineageKey key, Staging staging) {
        var moved = staging.staged().lineage().get(key);
        return moved == null
                ? staging.committed(key.account()).lineage(key.account()).find(key.run())
                : moved;
    }

    private static void save(LineageKey key, Optional<LineageRun> run, Staging staging) {
        staging.staged().lineage().put(key, run);
        run.ifPresentOrElse(
                known -> staging.staged().save(new StateKey.OfLineage(key), () -> LineageJson.write(known)),
                () -> staging.staged().remove(new StateKey.OfLineage(key)));
    }
}
