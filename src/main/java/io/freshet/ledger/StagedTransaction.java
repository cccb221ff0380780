package io.freshet.ledger;

import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.state.ReportState;
import io.freshet.state.RequestLimit;
import io.freshet.state.Transition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What a batch of entries comes to: all of it is written in one transaction, or none of it. It remembers which entry
 * brought what, so that one which can't be written is known.
 */
final class StagedTransaction {

    /**
     * @param entry the number of the entry in its batch
     * @param what what it brings
     */
    record OfEntry<T>(int entry, T what) {}

    private final Map<ReportKey, ReportState> reports = new LinkedHashMap<>();
    private final Map<ReportKey, Integer> savedReports = new LinkedHashMap<>();
    private final Map<ChangeKey, Optional<Change>> changes = new LinkedHashMap<>();
    private final Map<ChangeKey, Integer> entryByChange = new HashMap<>();
    private final Map<String, OfEntry<RequestLimit>> limits = new LinkedHashMap<>();
    private final Map<Integer, Long> positions = new HashMap<>();
    private final List<OfEntry<RunEvent>> told = new ArrayList<>();
    private final List<OfEntry<ProducerRecord<byte[], byte[]>>> forwarded = new ArrayList<>();
    private final List<OfEntry<Change>> tooLarge = new ArrayList<>();
    private final List<EntryResult> results = new ArrayList<>();

    int nextEntry() {
        return results.size();
    }

    void take(ReportKey report, Transition step) {
        reports.put(report, step.to());
        if (step.durable()) {
            savedReports.put(report, nextEntry());
        }
        step.told().ifPresent(event -> told.add(new OfEntry<>(nextEntry(), event)));
    }

    void save(ReportKey report, ReportState state) {
        reports.put(report, state);
        savedReports.put(report, nextEntry());
    }

    /** An absent change is one that is open no longer. */
    void put(ChangeKey key, Optional<Change> change) {
        changes.put(key, change);
        entryByChange.put(key, nextEntry());
    }

    void put(String account, RequestLimit limit) {
        limits.put(account, new OfEntry<>(nextEntry(), limit));
    }

    void forward(ProducerRecord<byte[], byte[]> record) {
        forwarded.add(new OfEntry<>(nextEntry(), record));
    }

    /** A change that can't be saved, and is told of instead. */
    void refuse(Change change) {
        tooLarge.add(new OfEntry<>(nextEntry(), change));
    }

    /** The new state of every report that moved, saved or not. */
    Map<ReportKey, ReportState> reports() {
        return reports;
    }

    /** Which of them must be saved, each with the last entry that moved it. */
    Map<ReportKey, Integer> savedReports() {
        return savedReports;
    }

    Map<ChangeKey, Optional<Change>> changes() {
        return changes;
    }

    int entryOf(ChangeKey change) {
        return Objects.requireNonNull(entryByChange.get(change));
    }

    Map<String, OfEntry<RequestLimit>> limits() {
        return limits;
    }

    /** Per partition of the inbox, the offset of the record to be read next. */
    Map<Integer, Long> positions() {
        return positions;
    }

    List<OfEntry<RunEvent>> told() {
        return told;
    }

    List<OfEntry<ProducerRecord<byte[], byte[]>>> forwarded() {
        return forwarded;
    }

    List<OfEntry<Change>> tooLarge() {
        return tooLarge;
    }

    /** One per entry, in order. */
    List<EntryResult> results() {
        return results;
    }

    boolean isEmpty() {
        return savedReports.isEmpty()
                && changes.isEmpty()
                && limits.isEmpty()
                && positions.isEmpty()
                && told.isEmpty()
                && forwarded.isEmpty();
    }
}
