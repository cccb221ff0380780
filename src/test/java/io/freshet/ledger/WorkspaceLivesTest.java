package io.freshet.ledger;

import static io.freshet.ledger.Entries.accepted;
import static io.freshet.ledger.Entries.adopted;
import static io.freshet.ledger.Entries.ended;
import static io.freshet.ledger.Entries.planned;
import static io.freshet.ledger.Entries.posting;
import static io.freshet.ledger.Entries.refused;
import static io.freshet.ledger.Entries.rejected;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.BatchKey;
import io.freshet.event.Change;
import io.freshet.event.ChangeOutcome;
import io.freshet.event.ChangePlanned;
import io.freshet.event.ChangeSettled;
import io.freshet.event.NotSucceeded;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import io.freshet.event.RunCounts;
import io.freshet.event.RunEvent;
import io.freshet.state.Posting;
import io.freshet.state.ReportOutcome;
import io.freshet.state.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lives of a workspace by dice: changes come, come again, are planned, refused and settled, and owners follow each other at
 * any moment. What is told is counted again from the events alone.
 */
@Execution(ExecutionMode.CONCURRENT)
class WorkspaceLivesTest {

    private static final NotSucceeded UNKNOWN =
            new NotSucceeded("gone", "dataset", "left_out", "dataset_not_found", null);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 25);
    }

    /** One life. */
    private static final class Life {
        private final Random random;
        private final CommittedStore store = new CommittedStore();
        private final List<LedgerEntry> toSettle = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();
        private final Set<String> refusedPlaces = new HashSet<>();
        private final Map<String, Change> open = new HashMap<>();
        private final Map<String, Integer> places = new HashMap<>();
        private final Set<String> known = new HashSet<>();
        private final Map<String, Integer> taken = new TreeMap<>();
        private final Map<String, Integer> settled = new TreeMap<>();
        private final List<ReportKey> reports = IntStream.range(0, 6)
                .mapToObj(n -> new ReportKey("acme", "r" + n))
                .toList();
        /** What the events say: how each report has ended for each batch. */
        private final Map<BatchKey, Map<String, Outcome>> ends = new HashMap<>();

        private final Map<BatchKey, ChangePlanned> plans = new HashMap<>();
        private int events;
        private int changes;
        private int records;

        Life(long seed) {
            random = new Random(seed);
        }

        void step() {
            var entries = new ArrayList<LedgerEntry>();
            for (var n = 1 + random.nextInt(4); n > 0; n--) {
                entries.add(entry());
            }
            // A change may come in the very transaction that another entry of it is in.
            if (random.nextInt(3) == 0) {
                entries.add(random.nextInt(entries.size() + 1), coming());
            }
            commit(entries);
            if (random.nextInt(8) == 0) {
                toSettle.clear();
                toSettle.addAll(List.of(store.restart()));
            }
        }

        private void commit(List<LedgerEntry> entries) {
            var numbered = numbered(entries);
            var staged = store.commit(numbered.toArray(LedgerEntry[]::new));
            staged.unfinished().forEach(key -> toSettle.add(new LedgerEntry.Settle(key)));
            staged.told().forEach(told -> count(told.what()));
            for (var n = 0; n < numbered.size(); n++) {
                if (numbered.get(n) instanceof LedgerEntry.Opened opened) {
                    came(opened.change());
                }
                for (var told : staged.toldOfBatches()) {
                    if (told.origin().entry() == n) {
                        told.what().<Object>fold(planned -> plans.put(planned.batch(), planned), this::check);
                    }
                }
            }
        }

        /** As the inbox does. */
        private List<LedgerEntry> numbered(List<LedgerEntry> entries) {
            var numbered = new ArrayList<LedgerEntry>();
            var next = store.next("").offset();
            for (var entry : entries) {
                numbered.add(
                        entry instanceof LedgerEntry.Opened opened
                                ? new LedgerEntry.Opened(Entries.ACME, next++, opened.change())
                                : entry);
            }
            return numbered;
        }

        /** It is taken unless it is open, or has settled, or was refused and its record is read again. */
        private void came(Change change) {
            if (!isRefused(change) && known.add(change.ref().id())) {
                taken.merge(change.ref().id(), 1, Integer::sum);
                open.put(change.ref().id(), change);
            }
        }

        private boolean isRefused(Change change) {
            return refusedPlaces.contains(change.ref().id() + " " + change.place());
        }

        /** Of a record that was read before, or of a new one. */
        private LedgerEntry coming() {
            var id = id();
            var place = places.getOrDefault(id, -1);
            if (place < 0 || random.nextInt(3) > 0) {
                place = records++;
            }
            places.put(id, place);
            return store.next(Entries.sentAgain(id, place));
        }

        private LedgerEntry entry() {
            var report = reports.get(random.nextInt(reports.size()));
            return switch (random.nextInt(12)) {
                case 0, 1 -> coming();
                case 2, 3 -> plan();
                case 4 -> refused("acme", some());
                case 5, 6 -> posting(report);
                case 7 -> random.nextInt(4) == 0 ? rejected(report) : accepted(report, "run" + events++);
                case 8 ->
                    random.nextBoolean()
                            ? adopted(report, "run" + events++)
                            : Entries.step(report, Posting.class, posting -> posting.notTaken(store.now()));
                case 9, 10 -> ended(report, status(), random.nextInt(60));
                default -> toSettle.isEmpty() ? plan() : toSettle.remove(random.nextInt(toSettle.size()));
            };
        }

        private Run.Status status() {
            return List.of(Run.Status.SUCCEEDED, Run.Status.SUCCEEDED, Run.Status.FAILED, Run.Status.CANCELLED)
                    .get(random.nextInt(4));
        }

        private LedgerEntry plan() {
            var some = reports.stream().filter(report -> random.nextInt(3) == 0).toArray(ReportKey[]::new);
            var unknown = random.nextInt(5) == 0 ? List.of(UNKNOWN) : List.<NotSucceeded>of();
            return planned("acme", some(), List.of(), unknown, some);
        }

        private List<String> some() {
            return IntStream.range(0, 1 + random.nextInt(4)).mapToObj(n -> id()).toList();
        }

        /** A new one, one of those that came lately, or one that was refused. */
        private String id() {
            if (!refused.isEmpty() && random.nextInt(6) == 0) {
                return refused.get(random.nextInt(refused.size()));
            }
            return "load-" + (random.nextInt(3) == 0 ? changes++ : Math.max(0, changes - 1 - random.nextInt(8)));
        }

        private void count(RunEvent event) {
            ReportOutcome.of(event).ifPresent(end -> event.changes().batches().forEach(number -> {
                var before = ends.computeIfAbsent(new BatchKey("acme", number), first -> new TreeMap<>())
                        .put(event.report().reportToken(), end.outcome());
                assertThat(before)
                        .as("%s ended twice for batch %d", event.report(), number)
                        .isNull();
            }));
        }

        /** By what the events say, and nothing else. */
        private ChangeSettled check(ChangeSettled settled) {
            var id = settled.change().id();
            var settlement = settled.settlement();
            var plan = plans.get(settled.batch());
            assertThat(this.settled.merge(id, 1, Integer::sum)).as(id).isEqualTo(taken.get(id));
            if (plan == null) {
                assertThat(settlement.outcome()).isEqualTo(ChangeOutcome.REFUSED);
                known.remove(id);
                refused.add(id);
                refusedPlaces.add(id + " " + requireNonNull(open.get(id)).place());
                return settled;
            }
            var ended = ends.getOrDefault(settled.batch(), Map.of());
            assertThat(ended.keySet())
                    .as("all that was planned for %s, and nothing else", settled.batch())
                    .containsExactlyInAnyOrderElementsOf(plan.reports());
            var runs = RunCounts.leftOut(plan.leftOut().size());
            for (var outcome : ended.values()) {
                runs = runs.and(outcome);
            }
            assertThat(settlement.runs()).isEqualTo(runs);
            assertThat(settlement.outcome())
                    .isEqualTo(ChangeOutcome.of(runs, !plan.leftOut().isEmpty()));
            return settled;
        }

        /** Until nothing is under way. */
        void toTheEnd() {
            for (var round = 0; round < 4; round++) {
                toSettle.clear();
                toSettle.addAll(List.of(store.restart()));
                while (!toSettle.isEmpty()) {
                    var entries = List.copyOf(toSettle);
                    toSettle.clear();
                    commit(entries);
                }
                for (var change : store.image().unplanned()) {
                    commit(List.of(planned("acme", change.ref().id(), reports.get(0))));
                }
                for (var report : reports) {
                    commit(List.of(
                            posting(report),
                            accepted(report, "last" + events++),
                            ended(report, Run.Status.SUCCEEDED, 60)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldTellEachChangeOnceEachTimeItIsTakenAndTellTheTruth(long seed) {
        var life = new Life(seed);

        for (var step = 0; step < 150; step++) {
            life.step();
        }
        life.toTheEnd();

        assertThat(life.settled).as("seed %d", seed).isEqualTo(life.taken);
        assertThat(life.taken.values()).as("some were refused, and taken again").anyMatch(times -> times > 1);
        assertThat(life.store.image().changes()).isEmpty();
        assertThat(life.store.image().batches()).isEmpty();
        assertThat(life.plans).hasSizeGreaterThan(20);
    }
}
