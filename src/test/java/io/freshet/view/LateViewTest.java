package io.freshet.view;

import static io.freshet.view.Records.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ChangeRef;
import org.junit.jupiter.api.Test;

class LateViewTest {

    private static final String BREACH = "{'objective':'%s','change':{'source':'/etl','id':'load-1','changed_at':'"
            + NOON.minusSeconds(900) + "'},'within':'PT15M','at':'" + NOON + "'}";
    private static final ChangeRef CHANGE = new ChangeRef("/etl", "load-1", NOON.minusSeconds(900), null);

    private final Records records = new Records();

    @Test
    void shouldShowWhatIsToldToBeLate() {
        unshown("globex", "r2", BREACH.formatted("board"));
        unshown("acme", "r1", BREACH.formatted("board") + "," + BREACH.formatted("care"));
        unshown("acme", "r3", "");

        assertThat(records.view.late())
                .containsExactly(
                        new LateReport("acme", "r1", "board", CHANGE, NOON),
                        new LateReport("acme", "r1", "care", CHANGE, NOON),
                        new LateReport("globex", "r2", "board", CHANGE, NOON));
    }

    @Test
    void shouldShowNothingOfWhatIsLateNoLonger() {
        unshown("acme", "r1", BREACH.formatted("board"));
        unshown("acme", "r2", BREACH.formatted("board"));

        unshown("acme", "r1", "");
        records.gone("acme/unshown/r2");

        assertThat(records.view.late()).isEmpty();
    }

    @Test
    void shouldShowNothingOfWhatItCannotRead() {
        unshown("acme", "r1", BREACH.formatted("board"));

        unshown("acme", "r1", "{'objective':'board'}");

        assertThat(records.view.late()).isEmpty();
        assertThat(records.view.unreadable()).isEqualTo(1);
    }

    private static final String PART =
            "{'batch':%d,'datasets':['d1'],'objectives':[%s],'oldest':{'source':'/etl','id':'%s','changed_at':'%s'}}";

    @Test
    void shouldShowTheOldestChangeThatAReportHasNotShownForEachObjective() {
        parts(
                "r2",
                PART.formatted(7, "'board','care'", "load-1", NOON.plusSeconds(5)) + ","
                        + PART.formatted(8, "'board'", "load-2", NOON));
        parts("r1", PART.formatted(8, "'care'", "load-2", NOON));
        parts("r3", PART.formatted(8, "'care'", "load-2", NOON));
        parts("r3", "");

        assertThat(records.view.unshown())
                .containsExactly(
                        new UnshownReport("acme", "r1", "care", new ChangeRef("/etl", "load-2", NOON, null)),
                        new UnshownReport("acme", "r2", "board", new ChangeRef("/etl", "load-2", NOON, null)),
                        new UnshownReport(
                                "acme", "r2", "care", new ChangeRef("/etl", "load-1", NOON.plusSeconds(5), null)));
        assertThat(records.view.late()).isEmpty();
        records.gone("acme/unshown/r2");
        assertThat(records.view.unshown()).hasSize(1);
    }

    private void parts(String report, String parts) {
        records.read("acme/unshown/" + report, "'parts':[" + parts + "],'breaches':[]");
    }

    private void unshown(String account, String report, String breaches) {
        records.read(account + "/unshown/" + report, "'parts':[],'breaches':[" + breaches + "]");
    }
}
