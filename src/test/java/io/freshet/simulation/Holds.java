package io.freshet.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.event.FactKey;
import io.freshet.event.Subject;
import io.freshet.ledger.LedgerEntry;
import io.freshet.testing.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What operators hold and release in a world, and whether nothing is intended for it meanwhile. */
record Holds(World world) {

    private static final Optional<String> OPS = Optional.of("ops");

    void hold(String account, Subject subject) {
        enter(new LedgerEntry.FactAdded(FactKey.held(account, subject), "month end", OPS));
    }

    void releaseAll() {
        world.accounts().forEach(account -> held(account).forEach(this::release));
    }

    void release(FactKey key) {
        enter(new LedgerEntry.FactTakenBack(key, "it is over", OPS));
    }

    /** Whoever isn't the owner has no effect. */
    private void enter(LedgerEntry entry) {
        world.replicas().stream()
                .filter(replica -> replica.machine().isRunning())
                .forEach(replica -> replica.enter(entry));
    }

    /** As the state topic says it. */
    List<FactKey> held(String account) {
        var held = new HashSet<String>();
        state(account).forEach(record -> note(record, account, held));
        return held.stream()
                .sorted()
                .map(name -> FactKey.held(account, Subject.parse(name).orElseThrow()))
                .toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> state(String account) {
        return world.topics()
                .partition(SimulatedTopics.NAMES.state(), world.partitions().of(account));
    }

    private static void note(ConsumerRecord<byte[], byte[]> record, String account, Set<String> held) {
        var prefix = account + "/facts/held:";
        var key = new String(record.key(), UTF_8);
        if (key.startsWith(prefix) && record.value() == null) {
            held.remove(key.substring(prefix.length()));
        } else if (key.startsWith(prefix)) {
            held.add(key.substring(prefix.length()));
        }
    }

    /** Intents that were saved while their report was held: before their transaction, and still after it. */
    List<String> broken(String account) {
        var broken = new ArrayList<String>();
        var transactions = new TreeMap<Long, List<ConsumerRecord<byte[], byte[]>>>();
        state(account).forEach(record -> transactions
                .computeIfAbsent(record.timestamp(), first -> new ArrayList<>())
                .add(record));
        var held = new HashSet<String>();
        var posting = new HashSet<String>();
        var batches = new PlannedSources(account);
        transactions.values().forEach(records -> {
            var throughout = new HashSet<>(held);
            records.forEach(record -> note(record, account, held));
            throughout.retainAll(held);
            records.forEach(record -> batches.planned(record)
                    .filter(throughout::contains)
                    .ifPresent(source -> broken.add("held: a batch was planned at %d, while %s was held [%s]"
                            .formatted(record.timestamp(), source, account))));
            records.forEach(record -> intended(record, account, posting)
                    .filter(target -> throughout.contains("workspace")
                            || throughout.contains(target)
                            || batches.of(record).anyMatch(throughout::contains))
                    .ifPresent(target -> broken.add("held: an intent of %s was saved at %d, while %s was held [%s]"
                            .formatted(target, record.timestamp(), throughout, account))));
        });
        return broken;
    }

    /** The report or dataset, if this is a new intent of it, as {@code report:TOKEN}. */
    private static Optional<String> intended(
            ConsumerRecord<byte[], byte[]> record, String account, Set<String> posting) {
        var key = new String(record.key(), UTF_8);
        if (!key.startsWith(account + "/reports/") && !key.startsWith(account + "/datasets/")) {
            return Optional.empty();
        }
        var isPosting = record.value() != null && Event.of(record).text("state").equals("posting");
        if (isPosting && posting.add(key)) {
            return Optional.of(key.substring(account.length() + 1)
                    .replace("reports/", "report:")
                    .replace("datasets/", "dataset:"));
        }
        if (!isPosting) {
            posting.remove(key);
        }
        return Optional.empty();
    }
}
