package io.freshet.ledger;

import static io.freshet.ledger.Entries.ACME;
import static io.freshet.ledger.Entries.NOON;
import static io.freshet.ledger.Entries.change;
import static io.freshet.ledger.Entries.empty;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.BatchEvent;
import io.freshet.event.BatchKey;
import io.freshet.event.Change;
import io.freshet.event.ChangePlanned;
import io.freshet.event.ChangeSettled;
import io.freshet.event.Presentations;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.event.Topics;
import io.freshet.event.WorkspaceChanged;
import io.freshet.state.OpenBatch;
import io.freshet.state.ReportState;
import io.freshet.state.Run;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The store of acme's owner, each of whose transactions is committed: with all the records that it has written. */
final class CommittedStore {

    static final Topics TOPICS =
            new SmallRyeConfigBuilder().withMapping(Topics.class).build().getConfigMapping(Topics.class);

    private final TransactionRecords maker = new TransactionRecords(
            TOPICS, Entries.PARTITIONS, Presentations.WITH_NAMES, new LedgerMetrics(new SimpleMeterRegistry()));
    /** Of the state topic. */
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    private final List<BatchEvent> toldOfBatches = new ArrayList<>();
    private final List<RunEvent> told = new ArrayList<>();
    private final List<WorkspaceChanged> toldOfWorkspaces = new ArrayList<>();
    private StateStore store = new StateStore(Entries.PARTITIONS);
    private Instant now = NOON;
    private long position;

    CommittedStore() {
        store.open(ACME, empty(0));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Instant now() {
        return now;
    }

    StagedTransaction stage(LedgerEntry... entries) {
        return store.stage(List.of(entries), Set.of(), now);
    }

    /** As if the record of one of them could not be written. */
    StagedTransaction stageWithout(int setAside, LedgerEntry... entries) {
        return store.stage(List.of(entries), Set.of(Origin.of(setAside)), now);
    }

    /** In one transaction, without what is to follow it. */
    StagedTransaction commit(LedgerEntry... entries) {
        var staged = stage(entries);
        assertThat(staged.results())
                .allSatisfy(result -> assertThat(result.failure()).isNull());
        write(staged);
        return staged;
    }

    /** The same, but for what can't be written. */
    StagedTransaction commitWithout(Set<Origin> setAside, LedgerEntry... entries) {
        var staged = store.stage(List.of(entries), setAside, now);
        write(staged);
        return staged;
    }

    private void write(StagedTransaction staged) {
        var unmakeable = new HashSet<Origin>();
        for (var made : maker.of(staged, unmakeable)) {
            if (made.what().topic().equals(TOPICS.state())) {
                records.add(new ConsumerRecord<>(
                        TOPICS.state(),
                        ACME,
                        records.size(),
                        made.what().key(),
                        made.what().value()));
            }
        }
        assertThat(unmakeable).isEmpty();
        staged.told().forEach(one -> told.add(one.what()));
        staged.toldOfBatches().forEach(one -> toldOfBatches.add(one.what()));
        staged.toldOfWorkspaces().forEach(one -> toldOfWorkspaces.add(one.what()));
        position = staged.positions().getOrDefault(ACME, position);
        store.apply(staged);
    }

    /** With the transactions that are to follow. */
    List<StagedTransaction> commitAll(LedgerEntry... entries) {
        var all = new ArrayList<StagedTransaction>();
        all.add(commit(entries));
        while (settle(last(all)).length > 0) {
            all.add(commit(settle(last(all))));
        }
        return all;
    }

    private static StagedTransaction last(List<StagedTransaction> all) {
        return all.get(all.size() - 1);
    }

    static LedgerEntry[] settle(StagedTransaction staged) {
        return Stream.concat(
                        staged.unfinished().stream().map(LedgerEntry.Settle::new),
                        staged.releases().later().stream().map(LedgerEntry.Release::new))
                .toArray(LedgerEntry[]::new);
    }

    /** These changes come from the inbox. */
    StagedTransaction open(String... ids) {
        return open(List.of(ids));
    }

    StagedTransaction open(List<String> ids) {
        var from = position;
        var entries = new ArrayList<LedgerEntry>();
        ids.forEach(id -> entries.add(new LedgerEntry.Opened(ACME, from + entries.size(), change("acme", id))));
        return commit(entries.toArray(LedgerEntry[]::new));
    }

    /** The change comes once more, of the same record. */
    LedgerEntry.Opened next(String id) {
        return next(change("acme", id));
    }

    LedgerEntry.Opened next(Change change) {
        return next(change, 0);
    }

    /** After so many others in the inbox. */
    LedgerEntry.Opened next(Change change, int others) {
        return new LedgerEntry.Opened(ACME, position + others, change);
    }

    /** What the next owner would read. */
    RestoredPartition image() {
        var image = new PartitionImage();
        records.forEach(image::enter);
        return image.restored(position);
    }

    /** Another owner has read all this back; its first entries are to be written. */
    LedgerEntry[] restart() {
        return restart(image());
    }

    LedgerEntry[] restart(RestoredPartition image) {
        store = new StateStore(Entries.PARTITIONS);
        return store.open(ACME, image).toArray(LedgerEntry[]::new);
    }

    /** Of the state topic. */
    List<ConsumerRecord<byte[], byte[]>> records() {
        return records;
    }

    /** The last value of each key's record, by key; a tombstone is absent. */
    List<String> keys() {
        var keys = new LinkedHashSet<String>();
        records.forEach(record -> {
            var key = new String(record.key(), UTF_8);
            keys.remove(key);
            if (record.value() != null) {
                keys.add(key);
            }
        });
        return List.copyOf(keys);
    }

    List<RunEvent> told() {
        return told;
    }

    List<WorkspaceChanged> toldOfWorkspaces() {
        return toldOfWorkspaces;
    }

    List<BatchEvent> toldOfBatches() {
        return toldOfBatches;
    }

    List<ChangeSettled> settled() {
        return settled(toldOfBatches.stream());
    }

    static List<ChangeSettled> settled(StagedTransaction staged) {
        return settled(staged.toldOfBatches().stream().map(StagedTransaction.OfEntry::what));
    }

    private static List<ChangeSettled> settled(Stream<BatchEvent> events) {
        return events.flatMap(event -> event.fold(planned -> Stream.<ChangeSettled>empty(), Stream::of))
                .toList();
    }

    List<ChangePlanned> planned() {
        return toldOfBatches.stream()
                .flatMap(event -> event.fold(Stream::of, settled -> Stream.<ChangePlanned>empty()))
                .toList();
    }

    /** Identities of changes that were told as settled, in that order. */
    List<String> settledIds() {
        return ids(settled());
    }

    static List<String> ids(List<ChangeSettled> settled) {
        return settled.stream().map(one -> one.change().id()).toList();
    }

    /** Where a report is, as a step would find it. */
    ReportState state(ReportKey report) {
        var states = new ArrayList<ReportState>();
        stage(new LedgerEntry.StateChange(report, state -> {
            states.add(state);
            return Optional.empty();
        }));
        return states.get(0);
    }

    /** What the next owner would make of a batch, if it is open. */
    Optional<OpenBatch> batch(long number) {
        return Optional.ofNullable(image().batches().get(new BatchKey("acme", number)));
    }

    /** The report is run, and its run ends so. */
    static LedgerEntry[] run(ReportKey report, Run.Status status, int second) {
        return new LedgerEntry[] {
            Entries.posting(report),
            Entries.accepted(report, "run-" + report.reportToken() + "-" + second),
            Entries.ended(report, status, second)
        };
    }

    static LedgerEntry[] all(LedgerEntry[]... parts) {
        return Arrays.stream(parts).flatMap(Arrays::stream).toArray(LedgerEntry[]::new);
    }
}
