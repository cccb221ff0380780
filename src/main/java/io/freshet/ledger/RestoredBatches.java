package io.freshet.ledger;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeRefs;
import io.freshet.event.ReportKey;
import io.freshet.ledger.RefreshRequestJson.Causes;
import io.freshet.state.OpenBatch;
import io.freshet.state.ReportState;
import io.netty.util.collection.LongObjectHashMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/** The batches that are read back, and how far they have come, which follows from the reports. */
final class RestoredBatches {

    private final Map<BatchKey, OpenBatch> open = new LinkedHashMap<>();
    private final Map<String, LongObjectHashMap<RememberedBatch>> settled = new HashMap<>();
    private final Map<ReportKey, ReportState> reports = new LinkedHashMap<>();
    private final Map<List<?>, ChangeRefs> causes = new HashMap<>();

    void put(OpenBatch batch) {
        open.put(batch.key(), batch);
    }

    void put(BatchKey key, RememberedBatch batch) {
        settled.computeIfAbsent(key.account(), first -> new LongObjectHashMap<>())
                .put(key.number(), batch);
    }

    void forget(BatchKey key) {
        open.remove(key);
        var ofAccount = settled.get(key.account());
        if (ofAccount != null) {
            ofAccount.remove(key.number());
        }
    }

    /** A report was read: it carries some of the batches, and has come to its end for others. */
    void put(ReportKey report, ReportState state) {
        reports.put(report, state);
        state.carried()
                .forEach(number ->
                        open.computeIfPresent(new BatchKey(report.account(), number), (key, batch) -> batch.carried()));
        state.memory()
                .outcomes()
                .forEach((number, end) -> open.computeIfPresent(
                        new BatchKey(report.account(), number), (key, batch) -> batch.hadEnded(report, end)));
    }

    Map<ReportKey, ReportState> reports() {
        return reports;
    }

    /** @param quarantined keys whose records can't be read */
    Map<BatchKey, OpenBatch> open(Set<String> quarantined) {
        var unreadable = new HashMap<String, List<ReportKey>>();
        quarantined.stream().sorted().forEach(name -> StateKey.parse(name).ifPresent(key -> {
            if (key instanceof StateKey.OfReport report) {
                unreadable
                        .computeIfAbsent(key.account(), first -> new ArrayList<>())
                        .add(report.report());
            }
        }));
        open.replaceAll((key, batch) -> batch.withoutLost(unreadable.getOrDefault(key.account(), List.of())));
        return open;
    }

    /** The oldest first. */
    Map<String, List<RememberedBatch>> remembered() {
        var remembered = new HashMap<String, List<RememberedBatch>>();
        settled.forEach((account, batches) -> {
            var byAge = new ArrayList<>(batches.values());
            byAge.sort(Comparator.comparingLong(RememberedBatch::settledAt));
            remembered.put(account, byAge);
        });
        return remembered;
    }

    /** Where the changes of an account's batches are found. Many reports carry the same ones, and share them. */
    Causes causes(String account) {
        return batches -> {
            var key = List.of(account, batches);
            var known = causes.get(key);
            if (known == null) {
                known = together(account, batches);
                causes.put(key, known);
            }
            return known;
        };
    }

    private ChangeRefs together(String account, SortedSet<Long> batches) throws IOException {
        var all = ChangeRefs.none();
        for (var number : batches) {
            var batch = open.get(new BatchKey(account, number));
            if (batch == null) {
                throw new IOException("it carries batch " + number + ", which can't be read or is settled");
            }
            all = all.isEmpty() ? batch.changes() : all.and(batch.changes());
        }
        if (all.isEmpty()) {
            throw new IOException("it carries no batch");
        }
        return all;
    }
}
