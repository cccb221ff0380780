package io.freshet.ledger;

import static io.freshet.ledger.Entries.NOON;
import static io.freshet.ledger.Entries.R1;
import static io.freshet.ledger.Entries.R2;
import static io.freshet.ledger.Entries.key;
import static io.freshet.ledger.Entries.rejected;
import static io.freshet.state.Run.Status.FAILED;
import static io.freshet.state.Run.Status.SUCCEEDED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.FreshnessChanged;
import io.freshet.event.FreshnessChanged.Kind;
import io.freshet.event.ReportKey;
import io.freshet.event.Traces;
import io.freshet.state.RefreshRequest;
import io.freshet.state.Unshown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** That a report is late is told once while it is, and once that it is so no longer. */
class LateReportsTest {

    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final LedgerEntry BREACHED = new LedgerEntry.Breached(R1, "board", WITHIN);

    /** Each was made a minute before noon, when it is all the same read and planned. */
    private final CommittedStore store = new CommittedStore();

    private final List<FreshnessChanged> told = new ArrayList<>();

    @Test
    void shouldTellABreachOnceAndThatItIsOver() {
        plan("a", "d1");
        commit(BREACHED, BREACHED);
        commit(BREACHED);

        assertThat(told)
                .containsExactly(
                        new FreshnessChanged(Kind.BREACHED, R1, "board", change("a"), WITHIN, Duration.ZERO, NOON));

        store.pass(Duration.ofSeconds(30));
        commit(CommittedStore.run(R1, SUCCEEDED, 30));

        assertThat(told.subList(1, told.size()))
                .containsExactly(new FreshnessChanged(
                        Kind.RESTORED, R1, "board", change("a"), WITHIN, Duration.ofSeconds(30), store.now()));
        assertThat(store.keys()).doesNotContain("acme/unshown/r1");
        assertThat(store.image().unshown()).isEmpty();
    }

    @Test
    void shouldLookAgainWithinTheTransaction() {
        plan("a", "d1");

        commit(new LedgerEntry.Breached(R1, "board", WITHIN.plusMillis(1)));
        assertThat(told).as("it is not late yet").isEmpty();

        commit(CommittedStore.all(CommittedStore.run(R1, SUCCEEDED, 1), new LedgerEntry[] {BREACHED}));
        assertThat(told).as("it was shown a moment before").isEmpty();
    }

    @Test
    void shouldTellOnceOverRestarts() {
        plan("a", "d1");
        commit(BREACHED);
        var before = store.image().unshown();

        store.commit(store.restart());
        commit(BREACHED);

        assertThat(told).hasSize(1);
        assertThat(store.image().unshown()).isEqualTo(before).containsOnlyKeys(R1);
        commit(CommittedStore.run(R1, SUCCEEDED, 30));
        assertThat(told).map(FreshnessChanged::kind).containsExactly(Kind.BREACHED, Kind.RESTORED);
    }

    @Test
    void shouldBeLateAfterARunThatFailedUntilOneSucceeds() {
        plan("a", "d1");
        commit(CommittedStore.run(R1, FAILED, 1));

        commit(BREACHED);
        assertThat(told).map(FreshnessChanged::kind).containsExactly(Kind.BREACHED);

        plan("b", "d1");
        commit(CommittedStore.run(R1, SUCCEEDED, 2));
        assertThat(told).map(FreshnessChanged::kind).containsExactly(Kind.BREACHED, Kind.RESTORED);
        assertThat(told.get(1).change()).isEqualTo(change("a"));
    }

    @Test
    void shouldBeLateWhenModeRefusesToRunIt() {
        plan("a", "d1");
        commit(Entries.posting(R1), rejected(R1));

        commit(BREACHED);

        assertThat(told).map(FreshnessChanged::kind).containsExactly(Kind.BREACHED);
    }

    @Test
    void shouldStayLateWhileADatasetIsMissing() {
        plan("a", "d1", "d2");
        commit(CommittedStore.run(R1, FAILED, 1));
        commit(BREACHED);

        plan("b", "d1");
        commit(CommittedStore.run(R1, SUCCEEDED, 2));
        assertThat(told).map(FreshnessChanged::kind).containsExactly(Kind.BREACHED);

        plan("c", "d2");
        commit(CommittedStore.run(R1, SUCCEEDED, 3));
        assertThat(told).map(FreshnessChanged::kind).containsExactly(Kind.BREACHED, Kind.RESTORED);
    }

    @Test
    void shouldStayLateIfWhatCameLaterIsLateToo() {
        plan("a", "d1");
        commit(Entries.posting(R1), Entries.accepted(R1, "run-1"));
        plan("b", "d1");
        commit(BREACHED);

        commit(Entries.ended(R1, SUCCEEDED, 1));
        assertThat(told).map(FreshnessChanged::kind).containsExactly(Kind.BREACHED);

        commit(CommittedStore.run(R1, SUCCEEDED, 2));
        assertThat(told).map(FreshnessChanged::kind).containsExactly(Kind.BREACHED, Kind.RESTORED);
    }

    @Test
    void shouldSaveNothingForReportsUnderNoObjective() {
        store.open("a");
        store.commit(Entries.planned("acme", "a", R1, R2));

        commit(BREACHED);

        assertThat(told).isEmpty();
        assertThat(store.keys()).noneMatch(key -> key.contains("unshown"));
    }

    @Test
    void shouldForgetItWithTheReport() {
        plan("a", "d1");
        commit(CommittedStore.run(R1, FAILED, 1));
        commit(BREACHED);

        store.pass(Duration.ofDays(8));
        commit(new LedgerEntry.Forget(Entries.ACME, store.now().minus(Duration.ofDays(7))));

        assertThat(store.keys()).noneMatch(key -> key.endsWith("/r1"));
        assertThat(store.image().unshown()).isEmpty();
    }

    @Test
    void shouldNotCountOnARecordThatCannotBeRead() {
        plan("a", "d1");
        store.records()
                .add(new ConsumerRecord<>(
                        "freshet-state",
                        Entries.ACME,
                        store.records().size(),
                        "acme/unshown/r1".getBytes(UTF_8),
                        "{}".getBytes(UTF_8)));

        var image = store.image();
        store.commit(store.restart());
        commit(BREACHED);

        assertThat(image.quarantined()).containsExactly("acme/unshown/r1");
        assertThat(image.unshown()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void shouldReadBackWhatItHasSaved() throws Exception {
        plan("a", "d1", "d2");
        commit(BREACHED);
        var saved = requireNonNull(store.image().unshown().get(R1));

        assertThat(saved.parts()).hasSize(1);
        assertThat(saved.breaches()).containsOnlyKeys("board");
        assertThat(UnshownJson.read(UnshownJson.write(saved))).isEqualTo(saved);
        assertThat(UnshownJson.read(UnshownJson.write(Unshown.NOTHING))).isEqualTo(Unshown.NOTHING);
    }

    private void plan(String id, String... datasets) {
        store.open(id);
        var requests = new LinkedHashMap<ReportKey, RefreshRequest>();
        requests.put(R1, new RefreshRequest(tokens(datasets), ChangeRefs.none(), NOON));
        commit(new LedgerEntry.Planned(
                "acme",
                Entries.TARGET,
                List.of(key("acme", id)),
                requests,
                Map.of(),
                List.of(datasets),
                List.of(),
                List.of(),
                Map.of("r1", tokens("board")),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Traces.none()));
    }

    private void commit(LedgerEntry... entries) {
        store.commit(entries).objectives().told().forEach(one -> told.add(one.what()));
    }

    private static ChangeRef change(String id) {
        return Entries.change("acme", id).ref();
    }

    private static SortedSet<String> tokens(String... tokens) {
        return new TreeSet<>(List.of(tokens));
    }
}
