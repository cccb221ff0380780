package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.Faults;
import io.freshet.testing.OneDataset;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes wrong in one workspace does not touch another one of the same replica. */
class NeighboursIT {

    private static final int REPORTS = 4;

    @Test
    void shouldServeAWorkspaceWhoseNeighboursAreInTrouble() {
        try (var healthy = Scene.open(Prompt.MODE)) {
            var silent = healthy.neighbour("globex");
            var locked = healthy.neighbour("initech");
            var all = List.of(healthy, silent, locked);
            all.forEach(workspace -> OneDataset.fill(workspace, REPORTS));
            silent.sandbox().faults().always(Faults.Kind.HANG, request -> true);
            locked.sandbox().credentials("another", "secret");
            var application = healthy.start(Prompt.but(Map.of("freshet.mode.read-timeout", "1s")));
            all.forEach(OneDataset::change);
            healthy.eventually(() -> assertReady(application, "credential refused"));

            OneDataset.change(healthy);

            healthy.eventually(() -> assertThat(healthy.events("run-finished")).hasSizeGreaterThan(REPORTS));
            healthy.eventually(() -> assertThat(healthy.brokenPromises()).isEmpty());
            assertThat(silent.events("run-finished")).isEmpty();
            assertThat(locked.events("run-finished")).isEmpty();

            silent.sandbox().faults().clear();
            locked.sandbox().credentials(Prompt.MODE.token(), Prompt.MODE.secret());
            all.forEach(workspace -> healthy.eventually(
                    () -> assertThat(workspace.brokenPromises()).isEmpty()));
            assertThat(all).allSatisfy(workspace -> assertThat(workspace.events("run-finished"))
                    .hasSizeGreaterThanOrEqualTo(REPORTS));
        }
    }

    private static void assertReady(PackagedApplication application, String trouble) {
        var ready = application.getManaged("/q/health/ready");
        assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
        assertThat(ready.body()).contains(trouble);
    }
}
