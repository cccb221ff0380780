package io.freshet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Change;
import io.freshet.event.ChangeRef;
import io.freshet.event.RecordPlace;
import io.freshet.event.Target;
import io.freshet.event.Traces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Target ORDERS = new Target.DataSource("843786b025e5");
    private static final Traces ONE = Traces.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    private static final Traces OTHER = Traces.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");

    @Test
    void shouldGoOnWithTheTraceOfTheOldestChangeThatHasOne() {
        var batch = batch(change("c", 2, "", OTHER), change("a", 0, "", Traces.none()), change("b", 1, "", ONE));

        assertThat(batch.traces()).isEqualTo(ONE.and(OTHER));
    }

    @Test
    void shouldBeABackfillOnlyIfAllOfItIs() {
        var backfill = change("a", 0, "backfill of 2019", Traces.none());
        var hourly = change("b", 1, "hourly", Traces.none());

        assertThat(batch(backfill, backfill).isBackfill()).isTrue();
        assertThat(batch(backfill, hourly).isBackfill()).isFalse();
        assertThat(new Batch("acme", ORDERS, List.of(hourly), NOON, true, Optional.empty()).isBackfill())
                .as("so many came that it must be one")
                .isTrue();
    }

    @Test
    void shouldUniteTheTablesOfItsChanges() {
        assertThat(batch(ofTables("a", "b"), ofTables("b", "c")).tables()).containsExactly("a", "b", "c");
    }

    @Test
    void shouldBeForAllOfTheDataSourceIfOneOfItsChangesIs() {
        var whole = change("a", 0, "hourly", Traces.none());

        assertThat(batch(ofTables("a"), whole, ofTables("b")).tables()).isEmpty();
    }

    @Test
    void shouldBeForAllOfTheDataSourceIfTheTablesAreMoreThanAThousand() {
        var many = IntStream.range(0, 1_000).mapToObj("table%d"::formatted).toArray(String[]::new);

        assertThat(batch(ofTables(many), ofTables("table7")).tables()).hasSize(1_000);
        assertThat(batch(ofTables(many), ofTables("one more")).tables()).isEmpty();
    }

    private static Change ofTables(String... tables) {
        var whole = change("a", 0, "hourly", Traces.none());
        return new Change("acme", ORDERS, new TreeSet<>(List.of(tables)), whole.ref(), whole.traces(), whole.place());
    }

    private static Batch batch(Change... changes) {
        return new Batch("acme", ORDERS, List.of(changes), NOON, false, Optional.empty());
    }

    private static Change change(String id, int second, String reason, Traces traces) {
        return new Change(
                "acme",
                ORDERS,
                new ChangeRef("/etl", id, NOON.plusSeconds(second), reason),
                traces,
                new RecordPlace("upstream-data-changed", 0, second, NOON));
    }
}
