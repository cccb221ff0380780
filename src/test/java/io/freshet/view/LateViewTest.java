package io.freshet.view;

import static io.freshet.view.Records.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ChangeRef;
import org.junit.jupiter.api.Test;

class LateViewTest {

    private static final String BREACH =
            "{'objective':'%s','change':{'source':'/etl','id':'load-1','changed_at':'" + NOON.minusSeconds(900)
                    + "'},'within':'PT15M','at':'" + NOON + "'}";
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

    private void unshown(String account, String report, String breaches) {
        records.read(account + "/unshown/" + report, "'parts':[],'breaches':[" + breaches + "]");
    }
}
