package io.freshet.view;

import static io.freshet.view.Records.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.FactKey;
import io.freshet.event.Subject;
import io.freshet.event.WorkspaceFact;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is held and learnt, as the records say, and which changes wait because of it. */
@Execution(ExecutionMode.CONCURRENT)
class FactsViewTest {

    private final Records records = new Records();

    private void hold(String subject) {
        records.read(
                "acme/facts/held:" + subject,
                "'what':'held','subject':'%s','why':'month end','by':'ops','at':'%s'".formatted(subject, NOON));
    }

    private void release(String subject) {
        records.gone("acme/facts/held:" + subject);
    }

    private boolean isHeld(String id) {
        return records.change(id).orElseThrow().isHeld();
    }

    @Test
    void shouldShowWhatIsKnownUntilItIsTakenBack() {
        hold("report:r1");
        records.read(
                "acme/facts/learnt:data_source:5a1d",
                "'what':'learnt','subject':'data_source:5a1d','why':'d1 is older','at':'%s'".formatted(NOON));

        assertThat(records.view.facts())
                .containsExactly(
                        new WorkspaceFact(
                                FactKey.held("acme", Subject.report("r1")), "month end", Optional.of("ops"), NOON),
                        new WorkspaceFact(
                                FactKey.learnt("acme", Subject.dataSource("5a1d")),
                                "d1 is older",
                                Optional.empty(),
                                NOON));
        release("report:r1");
        assertThat(records.view.facts()).hasSize(1);
    }

    @Test
    void shouldShowWhichKeyCanNotBeRead() {
        records.read(
                "acme/facts/quarantined:key:acme/reports/r1",
                "'what':'quarantined','subject':'key:acme/reports/r1','why':'unreadable','at':'%s'".formatted(NOON));

        assertThat(records.view.facts())
                .singleElement()
                .satisfies(fact -> assertThat(fact.key().subject().token()).isEqualTo("acme/reports/r1"));
    }

    @Test
    void shouldHoldAChangeThatIsNotToBePlanned() {
        records.opened("load-1");
        assertThat(isHeld("load-1")).isFalse();

        hold("data_source:other");
        assertThat(isHeld("load-1")).as("another data source").isFalse();
        hold("data_source:5a1d");
        assertThat(isHeld("load-1")).isTrue();
        release("data_source:5a1d");
        assertThat(isHeld("load-1")).isFalse();
    }

    @Test
    void shouldHoldAPlannedChangeUntilNothingOfItWaitsToBePosted() {
        records.opened("load-1");
        records.planned(7, 0, "load-1");
        records.waiting("r1", "7", "");
        hold("data_source:other");
        assertThat(isHeld("load-1")).as("another data source").isFalse();

        hold("data_source:5a1d");

        assertThat(isHeld("load-1")).isTrue();
        records.posting("r1", "7");
        assertThat(isHeld("load-1")).isFalse();
    }

    @Test
    void shouldHoldAChangeOfWhichAReportWaitsForARelease() {
        records.opened("load-1");
        records.opened("load-2");
        records.planned(7, 0, "load-1");
        records.planned(8, 0, "load-2");
        records.waiting("r1", "7", "");
        records.waiting("r2", "8", "");

        hold("report:r1");

        assertThat(isHeld("load-1")).isTrue();
        assertThat(isHeld("load-2")).isFalse();
    }

    @Test
    void shouldNotHoldAChangeForAReportThatRunsAlready() {
        records.opened("load-1");
        records.planned(7, 0, "load-1");
        records.running("r1", "7", "");
        hold("report:r1");

        assertThat(isHeld("load-1")).isFalse();
        hold("workspace");
        assertThat(isHeld("load-1")).isFalse();
    }

    @Test
    void shouldHoldAllThatWaitsInAHeldWorkspace() {
        records.opened("load-1");
        records.opened("load-2");
        records.planned(7, 0, "load-1");
        records.waiting("r1", "7", "");

        hold("workspace");

        assertThat(isHeld("load-1")).isTrue();
        assertThat(isHeld("load-2")).as("not planned yet").isTrue();
    }

    @Test
    void shouldHoldWhatWasPlannedBeforeTheShadow() {
        records.opened("load-1");
        records.opened("load-2");
        records.planned(7, 0, "load-1");
        records.waiting("r1", "7", "");

        records.read(
                "acme/facts/shadow:workspace",
                "'what':'shadow','subject':'workspace','why':'runs=shadow','at':'%s'".formatted(NOON));

        assertThat(isHeld("load-1")).isTrue();
        assertThat(isHeld("load-2")).as("it will be planned, and left out").isFalse();
    }

    @Test
    void shouldNotHoldWhatIsSettled() {
        records.opened("load-1");
        records.planned(7, 0, "load-1");
        records.waiting("r1", "7,8", "");
        hold("report:r1");
        records.settled(7, "succeeded", Records.RUNS_NONE, "", "load-1");
        records.closed("load-1");

        assertThat(isHeld("load-1")).isFalse();
    }
}
