package io.freshet.state;

import io.freshet.event.ReportKey;
import io.freshet.ledger.LedgerEntry;
import io.freshet.ledger.SimulatedLedger.Draft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The broker of a simulated cluster: the refresh topic, the committed states and offsets, and the consumer group,
 * which gives the partitions of a member to others when it hasn't been heard of for a session.
 */
final class SimulatedKafka {

    static final Duration SESSION = Duration.ofSeconds(10);

    private final SimulatedWorld world;
    private final boolean fences;
    private final List<List<LedgerEntry.Refresh>> refreshes = IntStream.range(0, SimulatedWorld.PARTITIONS)
            .<List<LedgerEntry.Refresh>>mapToObj(partition -> new ArrayList<>())
            .toList();
    private final long[] positions = new long[SimulatedWorld.PARTITIONS];
    private final Map<ReportKey, ReportState> states = new LinkedHashMap<>();
    private final Map<ReportKey, Instant> attempts = new HashMap<>();
    private final Map<SimulatedMember, Instant> heardAt = new LinkedHashMap<>();
    private final Map<Integer, SimulatedMember> owners = new HashMap<>();
    private int generation;
    private int rotation;
    private boolean isBalanced = true;

    SimulatedKafka(SimulatedWorld world, boolean fences) {
        this.world = world;
        this.fences = fences;
    }

    void append(ReportKey report, RefreshRequest request) {
        var partition = SimulatedWorld.partition(report);
        var topic = refreshes.get(partition);
        topic.add(new LedgerEntry.Refresh(partition, topic.size(), report, request, () -> {
            throw new AssertionError("nothing is too large here");
        }));
        world.written(report, request);
    }

    List<LedgerEntry.Refresh> read(int partition, long from) {
        var topic = refreshes.get(partition);
        return topic.subList((int) Math.min(from, topic.size()), topic.size());
    }

    long position(int partition) {
        return positions[partition];
    }

    void acknowledge(LedgerEntry.Refresh read) {
        positions[read.partition()] = read.offset() + 1;
    }

    Map<ReportKey, ReportState> states(int partition) {
        var found = new LinkedHashMap<>(states);
        found.keySet().removeIf(report -> SimulatedWorld.partition(report) != partition);
        return found;
    }

    /** Whether all that was written has been read, and has come to its end. */
    boolean isAtRest() {
        return isBalanced
                && IntStream.range(0, positions.length)
                        .allMatch(n -> positions[n] == refreshes.get(n).size())
                && states.values().stream().allMatch(Settled.class::isInstance);
    }

    /** All of it or, where the group has moved on since, nothing. */
    boolean commit(int ofGeneration, List<LedgerEntry> entries, Draft draft) {
        if (fences && ofGeneration != generation) {
            return false;
        }
        for (var n = 0; n < entries.size(); n++) {
            var entry = entries.get(n);
            draft.results().get(n).ifPresent(state -> note(entry, state));
        }
        draft.told().forEach(event -> world.history(event.report()).told(event));
        draft.positions().forEach((partition, position) -> positions[partition] = position);
        states.putAll(draft.saved());
        return true;
    }

    private void note(LedgerEntry entry, ReportState state) {
        if (entry instanceof LedgerEntry.Refresh wished) {
            world.history(wished.report()).arrived(wished.request());
            intended(wished.report(), state);
        } else if (entry instanceof LedgerEntry.StateChange moved) {
            intended(moved.report(), state);
        }
    }

    private void intended(ReportKey report, ReportState state) {
        state.ifPosting()
                .filter(posting -> !posting.attemptedAt().equals(attempts.put(report, posting.attemptedAt())))
                .ifPresent(posting -> world.history(report).intended(posting.request()));
    }

    void join(SimulatedMember member) {
        heardAt.put(member, world.now());
        isBalanced = false;
    }

    /** In an orderly way: the member's steps may end. */
    void leave(SimulatedMember member) {
        owned(member).forEach(partition -> {
            member.revoked(partition);
            owners.remove(partition);
        });
        heardAt.remove(member);
        isBalanced = false;
    }

    /** Others get other partitions. */
    void shuffle(int by) {
        rotation += by;
        isBalanced = false;
    }

    /** A heartbeat; false where the group has lost the member. */
    boolean hears(SimulatedMember member) {
        return heardAt.replace(member, world.now()) != null;
    }

    /** Loses who hasn't been heard of, and where all others are there, gives each its partitions. */
    void balance() {
        if (heardAt.values().removeIf(at -> !world.now().isBefore(at.plus(SESSION)))) {
            owners.values().removeIf(owner -> !heardAt.containsKey(owner));
            isBalanced = false;
        }
        if (!isBalanced && !heardAt.isEmpty() && heardAt.keySet().stream().allMatch(SimulatedMember::isUp)) {
            rebalance(List.copyOf(heardAt.keySet()));
            isBalanced = true;
        }
    }

    private void rebalance(List<SimulatedMember> members) {
        for (var partition = 0; partition < SimulatedWorld.PARTITIONS; partition++) {
            var owner = owners.get(partition);
            if (owner != null && owner != next(members, partition)) {
                owner.revoked(partition);
                owners.remove(partition);
            }
        }
        generation++;
        var free = IntStream.range(0, SimulatedWorld.PARTITIONS)
                .boxed()
                .filter(partition -> !owners.containsKey(partition))
                .toList();
        free.forEach(partition -> owners.put(partition, next(members, partition)));
        members.forEach(member -> member.assigned(
                generation,
                free.stream().filter(one -> owners.get(one) == member).toList()));
    }

    /** Where each report stands, as committed. */
    Map<ReportKey, ReportState> states() {
        return new LinkedHashMap<>(states);
    }

    private SimulatedMember next(List<SimulatedMember> members, int partition) {
        return members.get((partition + rotation) % members.size());
    }

    private List<Integer> owned(SimulatedMember member) {
        return owners.entrySet().stream()
                .filter(one -> one.getValue() == member)
                .map(Map.Entry::getKey)
                .toList();
    }
}
