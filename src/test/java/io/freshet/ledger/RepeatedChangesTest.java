package io.freshet.ledger;

import static io.freshet.ledger.CommittedStore.run;
import static io.freshet.ledger.CommittedStore.settle;
import static io.freshet.ledger.Entries.ACME;
import static io.freshet.ledger.Entries.R1;
import static io.freshet.ledger.Entries.R2;
import static io.freshet.ledger.Entries.change;
import static io.freshet.ledger.Entries.ids;
import static io.freshet.ledger.Entries.key;
import static io.freshet.ledger.Entries.ofOtherTarget;
import static io.freshet.ledger.Entries.planned;
import static io.freshet.ledger.Entries.refused;
import static io.freshet.ledger.Entries.sentAgain;
import static io.freshet.state.Run.Status.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Change;
import io.freshet.event.ChangeOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change that comes again has no effect, in whatever moment it does; unless it was refused. */
class RepeatedChangesTest {

    private final CommittedStore store = new CommittedStore();

    /** The change comes again: nothing but the position moves on. */
    private void assertNoEffect(String id, boolean afterRestart) {
        assertNoEffect(change("acme", id), afterRestart);
    }

    private void assertNoEffect(Change change, boolean afterRestart) {
        if (afterRestart) {
            store.restart();
        }
        var before = store.image();
        var next = store.next(change);

        var staged = store.commit(next);

        assertThat(staged.changes()).isEmpty();
        assertThat(staged.saved()).isEmpty();
        assertThat(staged.toldOfBatches()).isEmpty();
        assertThat(staged.positions()).isEqualTo(Map.of(ACME, next.offset() + 1));
        assertThat(store.image().changes()).isEqualTo(before.changes());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldHaveNoEffectWhileItIsOpen(boolean afterRestart) {
        store.open("a");

        assertNoEffect("a", afterRestart);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldHaveNoEffectWhileItIsPlanned(boolean afterRestart) {
        store.open("a");
        store.commit(planned("acme", "a", R1));

        assertNoEffect("a", afterRestart);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldHaveNoEffectWhileItsBatchIsBeingSettled(boolean afterRestart) {
        var many = ids("load-", 700);
        store.open(many);
        store.commit(planned("acme", many, R1));
        store.commit(run(R1, SUCCEEDED, 5));
        var told = store.settledIds();
        assertThat(told).hasSize(500);
        var open = many.stream().filter(id -> !told.contains(id)).findFirst().orElseThrow();

        assertNoEffect(told.get(0), afterRestart);
        assertNoEffect(open, afterRestart);

        store.commitAll(new LedgerEntry.Settle(store.settled().get(0).batch()));
        assertThat(store.settledIds()).containsExactlyInAnyOrderElementsOf(many);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldHaveNoEffectAfterItSettled(boolean afterRestart) {
        store.open("a", "b");
        store.commit(planned("acme", "a", R1));
        store.commit(run(R1, SUCCEEDED, 5));
        store.commit(planned("acme", "b"));

        assertNoEffect("a", afterRestart);
        assertNoEffect("b", afterRestart);
        assertThat(store.settledIds())
                .as("the one succeeded, the other had nothing to do")
                .containsExactly("a", "b");
    }

    /** One identity for two changes: the second is dropped, and told of. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTellOfAnotherTargetUnderAKnownIdentity(boolean afterRestart) {
        store.open("a", "b", "c");
        store.commit(planned("acme", "b", R1));
        store.commit(planned("acme", "c"));
        if (afterRestart) {
            store.restart();
        }

        for (var id : List.of("a", "b", "c")) {
            assertThat(store.commit(store.next(ofOtherTarget(id))).conflicts())
                    .as(id + " is open, planned or settled")
                    .containsExactly(ofOtherTarget(id));
            assertThat(store.commit(store.next(sentAgain(id, 18))).conflicts()).isEmpty();
            assertNoEffect(ofOtherTarget(id), afterRestart);
        }
    }

    // --- refused

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldOpenAgainWhereItIsSentAgainAfterItWasRefused(boolean afterRestart) {
        store.open("a");
        store.commit(refused("acme", List.of("a")));
        if (afterRestart) {
            store.restart();
        }

        store.commit(store.next(sentAgain("a", 18)));
        store.commit(store.next(sentAgain("a", 19)));
        assertThat(store.image().unplanned()).containsExactly(sentAgain("a", 18));
        store.commit(planned("acme", "a", R1));
        store.commit(run(R1, SUCCEEDED, 5));

        assertThat(store.settledIds()).containsExactly("a", "a");
        assertThat(store.settled())
                .extracting(one -> one.settlement().outcome())
                .containsExactly(ChangeOutcome.REFUSED, ChangeOutcome.SUCCEEDED);
        assertThat(store.settled()).extracting(one -> one.batch().number()).containsExactly(1L, 2L);
        assertNoEffect("a", afterRestart);
        assertNoEffect(sentAgain("a", 20), afterRestart);
    }

    /** Intake may hand over a record again, long after it was read first. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldHaveNoEffectIfTheRecordThatWasRefusedIsReadAgain(boolean afterRestart) {
        store.open("a");
        store.commit(refused("acme", List.of("a")));

        assertNoEffect("a", afterRestart);
        store.commit(store.next(sentAgain("a", 18)));
        store.commit(refused("acme", List.of("a")));

        assertNoEffect("a", afterRestart);
        assertNoEffect(sentAgain("a", 18), afterRestart);
        assertThat(store.settledIds()).containsExactly("a", "a");
    }

    @Test
    void shouldOpenAgainHoweverOftenItIsRefused() {
        for (var time = 0; time < 3; time++) {
            store.commit(store.next(sentAgain("a", time)));
            store.commit(refused("acme", List.of("a")));
        }

        assertThat(store.settledIds()).containsExactly("a", "a", "a");
    }

    /** What its batch has still to tell must not take the change that came again for its own. */
    @Test
    void shouldBeLookedAtAnewThoughOthersThatWereRefusedWithItAreNotToldYet() {
        var many = ids("load-", 1_200);
        store.open(many);
        var first = store.commit(refused("acme", many));
        assertThat(first.unfinished()).isNotEmpty();
        var again = store.settledIds().get(0);

        store.commit(store.next(sentAgain(again, 18)));
        store.commitAll(settle(first));

        assertThat(store.settledIds()).as("it is told once so far").containsExactlyInAnyOrderElementsOf(many);
        assertThat(store.image().unplanned()).containsExactly(sentAgain(again, 18));
    }

    @Test
    void shouldHaveNoEffectWhileItIsRefusedAndNotToldYet() {
        var many = ids("load-", 1_200);
        store.open(many);
        var first = store.commit(refused("acme", many));
        var told = store.settledIds();
        var open = many.stream().filter(id -> !told.contains(id)).findFirst().orElseThrow();

        assertNoEffect(open, false);
        store.restart();
        assertNoEffect(open, true);
        store.commitAll(settle(first));

        assertThat(store.settledIds()).containsExactlyInAnyOrderElementsOf(many);
    }

    // --- all in one transaction

    @Test
    void shouldHaveNoEffectInTheVeryTransactionThatOpensIt() {
        var staged = store.open("a", "a", "b", "a");

        assertThat(staged.changes()).containsOnlyKeys(key("acme", "a"), key("acme", "b"));
        assertThat(staged.positions()).isEqualTo(Map.of(ACME, 4L));
    }

    @Test
    void shouldHaveNoEffectInTheVeryTransactionThatPlansIt() {
        store.open("a");

        store.commit(planned("acme", "a", R1), store.next("a"), planned("acme", "a", R2));

        assertThat(store.planned()).hasSize(1);
        assertThat(store.image().unplanned()).isEmpty();
    }

    @Test
    void shouldHaveNoEffectInTheVeryTransactionThatSettlesIt() {
        store.open("a");

        store.commit(Stream.of(
                        Stream.<LedgerEntry>of(planned("acme", "a", R1)),
                        Stream.of(run(R1, SUCCEEDED, 5)),
                        Stream.<LedgerEntry>of(store.next("a"), planned("acme", "a", R1)))
                .flatMap(entries -> entries)
                .toArray(LedgerEntry[]::new));

        assertThat(store.settledIds()).containsExactly("a");
        assertThat(store.image().changes()).isEmpty();
        assertThat(store.planned()).hasSize(1);
    }

    @Test
    void shouldHaveNoEffectInTheTransactionThatSettlesWhatWasPlannedBefore() {
        store.open("a");
        store.commit(planned("acme", "a", R1));
        var run = run(R1, SUCCEEDED, 5);

        store.commit(run[0], run[1], run[2], store.next("a"));

        assertThat(store.settledIds()).containsExactly("a");
        assertThat(store.image().changes()).isEmpty();
    }

    @Test
    void shouldOpenAgainInTheVeryTransactionThatRefusesIt() {
        store.open("a");

        store.commit(
                refused("acme", List.of("a")),
                store.next("a"),
                store.next(sentAgain("a", 18), 1),
                planned("acme", "a", R1));
        store.commit(run(R1, SUCCEEDED, 5));

        assertThat(store.settledIds()).containsExactly("a", "a");
        assertThat(store.image().changes()).isEmpty();
        assertNoEffect("a", true);
    }

    @Test
    void shouldBeAChangeOfItsWorkspace() {
        var own = new StateStore(Entries.PARTITIONS);
        own.open(ACME, Entries.empty(0));
        own.open(Entries.GLOBEX, Entries.empty(0));

        var staged = own.stage(
                List.of(Entries.opened("acme", 0, "a"), Entries.opened("globex", 0, "a")), Set.of(), Entries.NOON);

        assertThat(staged.changes()).containsOnlyKeys(key("acme", "a"), key("globex", "a"));
    }
}
