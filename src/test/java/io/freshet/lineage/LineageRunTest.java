package io.freshet.lineage;

import static io.freshet.lineage.Runs.AT;
import static io.freshet.lineage.Runs.event;
import static io.freshet.lineage.Runs.tables;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Change;
import io.freshet.event.RecordPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the events of a run come to, in whatever order and number they come, and the changes that it means. */
class LineageRunTest {

    private static final String SERVER = "postgres://db:5432";
    private static final Outputs ORDERS = tables(SERVER, "shop.public.orders");
    private static final Outputs ITEMS = tables(SERVER, "shop.public.items");
    private static final LineageKey KEY = new LineageKey("acme", "r1");

    private static Optional<LineageRun> after(RunUpdate... events) {
        var run = Optional.<LineageRun>empty();
        for (var event : events) {
            run = LineageRun.after(run, event, AT);
        }
        return run;
    }

    private static List<Change> changes(RunUpdate... events) {
        var source = new SourceAddress("d1", "Shop", "jdbc:postgresql", "db", OptionalInt.of(5432), "shop", "");
        return after(events).stream()
                .flatMap(run -> RunChanges.of(
                        KEY,
                        run,
                        new MatchTables(new LineageMappings(List.of()))
                                .match("acme", run.outputs(), List.of(source), token -> false))
                        .stream())
                .toList();
    }

    @Test
    void shouldUniteTheOutputsOfItsEvents() {
        var run = after(
                event(RunPhase.START, ORDERS), event(RunPhase.OTHER, ITEMS), event(RunPhase.COMPLETE, Outputs.NONE));

        assertThat(run).hasValueSatisfying(one -> {
            assertThat(one.completedAt()).contains(AT);
            assertThat(one.outputs().all()).hasSize(2);
        });
    }

    @Test
    void shouldNotNeedAnythingBeforeTheEnd() {
        assertThat(after(event(RunPhase.COMPLETE, ORDERS)))
                .hasValueSatisfying(run -> assertThat(run.isComplete()).isTrue());
        assertThat(after(event(RunPhase.COMPLETE, Outputs.NONE))).isEmpty();
    }

    @Test
    void shouldForgetARunThatFails() {
        assertThat(after(event(RunPhase.START, ORDERS), event(RunPhase.FAIL, ITEMS)))
                .isEmpty();
        assertThat(after(event(RunPhase.START, ORDERS), event(RunPhase.ABORT, Outputs.NONE)))
                .isEmpty();
        assertThat(changes(event(RunPhase.FAIL, ORDERS))).isEmpty();
    }

    @Test
    void shouldMeanNothingWhileItRuns() {
        assertThat(changes(event(RunPhase.START, ORDERS), event(RunPhase.RUNNING, ITEMS)))
                .isEmpty();
    }

    @Test
    void shouldNameTheSameChangeForTheSameOutputsInAnyOrderAndNumberOfEvents() {
        var one = changes(event(RunPhase.COMPLETE, tables(SERVER, "shop.public.orders", "shop.public.items")));
        var other = changes(
                event(RunPhase.START, ITEMS),
                event(RunPhase.START, ITEMS),
                event(RunPhase.COMPLETE, ORDERS),
                event(RunPhase.COMPLETE, ORDERS));

        assertThat(one).hasSize(1);
        assertThat(one.get(0).ref()).isEqualTo(other.get(0).ref());
    }

    @Test
    void shouldNameAnotherChangeForMoreOutputs() {
        var one = changes(event(RunPhase.COMPLETE, ORDERS));
        var more = changes(event(RunPhase.COMPLETE, ORDERS), event(RunPhase.COMPLETE, ITEMS));

        assertThat(one.get(0).ref().id()).isNotEqualTo(more.get(0).ref().id());
    }

    @Test
    void shouldSayWhatHasChangedWhenAndBecauseOfWhat() {
        var change = changes(event(RunPhase.COMPLETE, ORDERS)).get(0);

        assertThat(change.account()).isEqualTo("acme");
        assertThat(change.target()).hasToString("data_source=d1");
        assertThat(change.ref().source()).isEqualTo("/openlineage/airflow/shop.load_orders");
        assertThat(change.ref().id()).matches("r1/d1/[0-9a-f]{8}");
        assertThat(change.ref().changedAt()).isEqualTo(AT);
        assertThat(change.ref().reason()).isEqualTo("AIRFLOW shop.load_orders");
        assertThat(change.place()).isEqualTo(Runs.PLACE);
    }

    @Test
    void shouldCutTheNameOfAJobWithinWhatAnIdentityMayHave() {
        var job = new Job("spark\u0000", "é".repeat(2_000), Optional.empty());

        var change = changes(new RunUpdate("r1", RunPhase.COMPLETE, AT, job, ORDERS, Runs.PLACE))
                .get(0);

        assertThat(change.ref().source()).startsWith("/openlineage/spark?/éé").endsWith("é");
        assertThat(change.ref().source().getBytes(StandardCharsets.UTF_8).length)
                .isBetween(511, 512);
        assertThat(change.ref().reason()).hasSize(1_000);
    }

    @Test
    void shouldForgetARunOfWhichNothingIsHeardButNotOneThatWaitsForMode() {
        var open = after(event(RunPhase.START, ORDERS)).orElseThrow();
        var complete = after(event(RunPhase.COMPLETE, ORDERS)).orElseThrow();
        var later = AT.plus(Duration.ofHours(6)).plusSeconds(1);

        assertThat(open.isOutdated(AT.plus(Duration.ofHours(6)))).isFalse();
        assertThat(open.isOutdated(later)).isTrue();
        assertThat(complete.isOutdated(later)).isFalse();
    }

    @Test
    void shouldChangeNothingForAnEventThatSaysNothingNewButRememberThatItCame() {
        var open = after(event(RunPhase.START, ORDERS));

        assertThat(LineageRun.after(open, event(RunPhase.RUNNING, ORDERS), AT.plusSeconds(60)))
                .isEqualTo(open);
        assertThat(LineageRun.after(open, event(RunPhase.RUNNING, ORDERS), AT.plus(Duration.ofHours(2))))
                .hasValueSatisfying(run ->
                        assertThat(run.isOutdated(AT.plus(Duration.ofHours(7)))).isFalse());
    }

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        var event = new RunUpdate(
                "r1",
                RunPhase.COMPLETE,
                Instant.parse("2026-03-01T06:00:00.123456789Z"),
                new Job("", "j", Optional.empty()),
                ORDERS.and(ITEMS),
                new RecordPlace("openlineage", 3, 42, AT));
        var run = after(event).orElseThrow();

        assertThat(RunUpdateJson.read(RunUpdateJson.write(event))).isEqualTo(event);
        assertThat(LineageJson.read(LineageJson.write(run))).isEqualTo(run);
        assertThat(LineageKey.parse(KEY.text().getBytes(StandardCharsets.UTF_8)))
                .contains(KEY);
        assertThat(LineageKey.parse("acme/changes/lineage/".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(LineageKey.parse(null)).isEmpty();
    }

    @Test
    void shouldTakeARunThatWritesMoreThanCanBeListedToWriteAll() {
        var names = IntStream.range(0, Outputs.MOST + 1)
                .mapToObj(number -> "shop.public.t" + number)
                .toArray(String[]::new);

        var all = tables(SERVER, names);

        assertThat(all.all()).containsExactly(new Output(List.of(TableName.anyOf(SERVER))));
        assertThat(changes(event(RunPhase.COMPLETE, all))).hasSize(1);
    }

    @Test
    void shouldBoundTheRunsOfAWorkspaceByTheOldestThatHasNotEnded() {
        var runs = new WorkspaceRuns();
        for (var number = 0; number < WorkspaceRuns.MOST; number++) {
            assertThat(runs.surplus()).isEmpty();
            var phase = number == 0 ? RunPhase.COMPLETE : RunPhase.START;
            runs.change("r" + number, after(event("r" + number, phase, ORDERS)));
        }

        assertThat(runs.surplus()).contains("r1");
        assertThat(runs.outdated(AT.plus(Duration.ofHours(7)), 2)).containsExactly("r1", "r2");

        runs.change("r1", Optional.empty());

        assertThat(runs.surplus()).isEmpty();
        assertThat(runs.find("r1")).isEmpty();
    }

    @Test
    void shouldLetRunsGoWhoseChangesAreOpenBeforeThoseThatHaveNotEnded() {
        var runs = new WorkspaceRuns();
        var open = after(event(RunPhase.START, ORDERS));
        var matched = after(event(RunPhase.COMPLETE, ORDERS)).map(run -> run.matched(AT));
        runs.change("r0", open);
        runs.change("r1", matched);
        for (var number = 2; number < WorkspaceRuns.MOST; number++) {
            runs.change("r" + number, open);
        }

        assertThat(runs.surplus()).contains("r1");

        runs.change("r1", open);

        assertThat(runs.surplus()).contains("r0");
    }
}
