package io.freshet.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/**
 * The group of the owners as its coordinator and its consumers make it: members join, leave and are expelled, and
 * partitions are given up before they are given to others. Each member hears of it in its own time.
 */
final class SimulatedOwners {

    static final String GROUP = "freshet-owners";
    static final Duration SESSION = Duration.ofSeconds(10);
    static final Duration HEARTBEAT = Duration.ofSeconds(3);

    /** One consumer of the inbox. */
    interface Consumer {
        Machine machine();

        /** Ends when nothing is written any more for these. */
        CompletionStage<Void> revoked(Set<Integer> partitions, ConsumerGroupMetadata group);

        void assigned(Set<Integer> partitions, ConsumerGroupMetadata group);
    }

    private final class Member {
        final String id = "member-" + ++names;
        final Consumer consumer;
        final Set<Integer> owned = new TreeSet<>();
        long seen = time.nanos();
        boolean isIn;
        boolean isBusy;

        Member(Consumer consumer) {
            this.consumer = consumer;
        }

        boolean isExpelled() {
            return !members.contains(this);
        }

        void after(Duration delay, Runnable what) {
            consumer.machine().after(delay, what);
        }

        ConsumerGroupMetadata in(int ofGeneration) {
            return new ConsumerGroupMetadata(GROUP, ofGeneration, id, Optional.empty());
        }
    }

    private final VirtualTime time;
    private final Trouble trouble;
    private final int partitions;
    private final List<Member> members = new ArrayList<>();
    private int names;
    private int generation;
    private int round;
    private boolean isPreparing;
    private boolean isShuffled;
    /** Who gets a partition as soon as its owner has given it up. */
    private final Map<Integer, Member> promised = new TreeMap<>();

    SimulatedOwners(VirtualTime time, Trouble trouble, int partitions) {
        this.time = time;
        this.trouble = trouble;
        this.partitions = partitions;
        tick();
    }

    boolean isCurrent(ConsumerGroupMetadata group) {
        return group.generationId() == generation
                && members.stream().anyMatch(member -> member.id.equals(group.memberId()));
    }

    /** As a replica is answered that asks. */
    Supplier<CompletionStage<Set<String>>> askedBy(Machine machine) {
        return () -> {
            var answer = new CompletableFuture<Set<String>>();
            machine.after(time.millis(1, 40), () -> {
                if (trouble.isKafkaAway()) {
                    answer.completeExceptionally(new IllegalStateException("nobody answers"));
                } else {
                    answer.complete(members.stream().map(member -> member.id).collect(Collectors.toSet()));
                }
            });
            return answer;
        };
    }

    void join(Consumer consumer) {
        members.add(new Member(consumer));
        prepare();
    }

    /** In order. */
    void leave(Consumer consumer) {
        if (members.removeIf(member -> member.consumer == consumer)) {
            prepare();
        }
    }

    /** Partitions go elsewhere although nobody came or went. */
    void shuffle() {
        isShuffled = true;
        prepare();
    }

    /** Each partition goes to the next member. */
    void passOn() {
        members.forEach(member -> member.owned.forEach(one -> promised.put(one, next(member))));
        prepare();
    }

    private void tick() {
        for (var member : List.copyOf(members)) {
            if (member.consumer.machine().isRunning() && !trouble.isKafkaAway()) {
                member.seen = time.nanos();
            } else if (time.nanos() - member.seen > SESSION.toNanos() && !trouble.isKafkaAway()) {
                members.remove(member);
                member.after(time.between(Duration.ZERO, HEARTBEAT), () -> lost(member));
                prepare();
            }
        }
        time.after(Duration.ofMillis(500), this::tick);
    }

    /** It hears that it was expelled, as the loss of all that it had, and joins anew. */
    private void lost(Member member) {
        if (member.isBusy) {
            member.after(Duration.ofMillis(100), () -> lost(member));
            return;
        }
        member.isBusy = true;
        var gone = Set.copyOf(member.owned);
        var nobody = new ConsumerGroupMetadata(GROUP, -1, "", Optional.empty());
        (gone.isEmpty() ? CompletableFuture.<Void>completedStage(null) : member.consumer.revoked(gone, nobody))
                .thenAccept(done -> join(member.consumer));
    }

    private void prepare() {
        if (!isPreparing) {
            isPreparing = true;
            round++;
            members.forEach(member -> member.isIn = false);
        }
        var current = round;
        for (var member : members) {
            if (!member.isIn) {
                member.after(time.between(Duration.ZERO, HEARTBEAT), () -> rejoin(member, current));
            }
        }
        allAreIn();
    }

    private void rejoin(Member member, int ofRound) {
        if (member.isExpelled() || ofRound != round) {
            return;
        }
        if (member.isBusy) {
            member.after(Duration.ofMillis(100), () -> rejoin(member, ofRound));
            return;
        }
        member.isIn = true;
        allAreIn();
    }

    private void allAreIn() {
        if (isPreparing && !members.isEmpty() && members.stream().allMatch(member -> member.isIn)) {
            isPreparing = false;
            generation++;
            var target = target();
            var owned =
                    members.stream().flatMap(member -> member.owned.stream()).collect(Collectors.toSet());
            for (var member : members) {
                var wanted = target.entrySet().stream()
                        .filter(one -> one.getValue() == member)
                        .map(one -> one.getKey())
                        .collect(Collectors.toCollection(TreeSet::new));
                var gone = new TreeSet<>(member.owned);
                gone.removeAll(wanted);
                wanted.removeAll(owned);
                var current = generation;
                member.isBusy = true;
                // From here on they are spoken for, whenever the member hears of it.
                member.owned.addAll(wanted);
                promised.keySet().removeAll(wanted);
                member.after(time.millis(0, 400), () -> sync(member, current, gone, wanted));
            }
        }
    }

    /** What each has stays, as far as that is fair. */
    private Map<Integer, Member> target() {
        promised.values().retainAll(members);
        var target = new TreeMap<>(promised);
        var most = (partitions + members.size() - 1) / members.size();
        if (!isShuffled) {
            members.forEach(
                    member -> member.owned.stream().limit(most).forEach(one -> target.putIfAbsent(one, member)));
        }
        isShuffled = false;
        IntStream.range(0, partitions).filter(one -> !target.containsKey(one)).forEach(one -> {
            var fewest = members.stream()
                    .min((a, b) -> Long.compare(count(target, a), count(target, b)))
                    .orElseThrow();
            var lucky = time.chance(0.7) ? fewest : members.get(time.random().nextInt(members.size()));
            target.put(one, lucky);
        });
        return target;
    }

    private Member next(Member member) {
        return members.get((members.indexOf(member) + 1) % members.size());
    }

    private static long count(Map<Integer, Member> target, Member member) {
        return target.values().stream().filter(one -> one == member).count();
    }

    private void sync(Member member, int ofGeneration, Set<Integer> gone, Set<Integer> added) {
        if (gone.isEmpty()) {
            synced(member, ofGeneration, added);
        } else {
            member.consumer.revoked(gone, member.in(ofGeneration)).thenAccept(done -> {
                member.owned.removeAll(gone);
                synced(member, ofGeneration, added);
                if (!member.isExpelled()) {
                    prepare();
                }
            });
        }
    }

    private static void synced(Member member, int ofGeneration, Set<Integer> added) {
        member.consumer.assigned(added, member.in(ofGeneration));
        member.isBusy = false;
    }
}
