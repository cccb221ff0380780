package io.freshet.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeKey;
import io.freshet.event.FactKey;
import io.freshet.event.ReportKey;
import io.freshet.event.Subject;
import io.freshet.lineage.LineageKey;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateKeyTest {

    /** Each with its stored form, which compaction and every later version go by. */
    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of(new StateKey.OfReport(new ReportKey("acme", "4e9047000001")), "acme/reports/4e9047000001"),
                Arguments.of(
                        new StateKey.OfReport(ReportKey.dataset("acme", "d5e7000000aa")), "acme/datasets/d5e7000000aa"),
                Arguments.of(
                        new StateKey.OfChange(new ChangeKey("acme", 0x023513efef4cd90bL)),
                        "acme/changes/023513efef4cd90b"),
                Arguments.of(new StateKey.OfChange(new ChangeKey("acme", -1)), "acme/changes/ffffffffffffffff"),
                Arguments.of(new StateKey.OfBatch(new BatchKey("acme", 1)), "acme/batches/1"),
                Arguments.of(
                        new StateKey.OfBatch(new BatchKey("acme", Long.MAX_VALUE)), "acme/batches/9223372036854775807"),
                Arguments.of(
                        new StateKey.OfFact(FactKey.held("acme", Subject.report("4e9047000001"))),
                        "acme/facts/held:report:4e9047000001"),
                Arguments.of(
                        new StateKey.OfFact(FactKey.learnt("acme", Subject.dataSource("5a1d"))),
                        "acme/facts/learnt:data_source:5a1d"),
                Arguments.of(new StateKey.OfFact(FactKey.held("acme", Subject.WORKSPACE)), "acme/facts/held:workspace"),
                Arguments.of(new StateKey.OfSql(ReportKey.dataset("acme", "d5e7000000aa")), "acme/tables/d5e7000000aa"),
                Arguments.of(
                        new StateKey.OfFact(FactKey.quarantined("acme", "acme/reports/4e9047000001")
                                .orElseThrow()),
                        "acme/facts/quarantined:key:acme/reports/4e9047000001"),
                Arguments.of(new StateKey.OfFact(FactKey.shadow("acme")), "acme/facts/shadow:workspace"),
                Arguments.of(
                        new StateKey.OfLineage(new LineageKey("acme", "0197ad84-7a0d-7527-9f8a-a08602319b4d")),
                        "acme/lineage/0197ad84-7a0d-7527-9f8a-a08602319b4d"),
                Arguments.of(new StateKey.OfLimit("acme"), "acme/limit"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void shouldBeReadAsItIsWritten(StateKey key, String text) {
        assertThat(new String(key.bytes(), UTF_8)).isEqualTo(text);
        assertThat(StateKey.parse(text)).contains(key);
        assertThat(key.account()).isEqualTo("acme");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "acme",
                "/limit",
                "acme/limits",
                "acme/limit/",
                "acme/reports",
                "acme/reports/",
                "/reports/r1",
                "acme/reports/r 1",
                "acme/reports/r1/",
                "acme/runs/r1",
                "acme/changes/023513efef4cd90",
                "acme/changes/023513efef4cd90bb",
                "acme/changes/023513efef4cd90g",
                "acme/batches/",
                "acme/batches/0",
                "acme/batches/seven",
                "acme/batches/9223372036854775808",
                "acme/lineage/",
                "acme/lineage/r_1",
                "acme/facts/held",
                "acme/facts/held:",
                "acme/facts/held:report",
                "acme/facts/held:report:",
                "acme/facts/held:report:r 1",
                "acme/facts/held:reports:r1",
                "acme/facts/held:workspace:w1",
                "acme/facts/hold:report:r1",
                "acme/facts/:report:r1",
                "acme/facts/quarantined:key:",
                "acme/facts/quarantined:key:acme",
                "acme/facts/quarantined:key:acme/re ports",
                "/facts/held:workspace",
                "/layout"
            })
    void shouldKnowWhatIsNoKey(String text) {
        assertThat(StateKey.parse(text)).isEmpty();
    }
}
