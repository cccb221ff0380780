package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Event;
import io.freshet.testing.OneDataset;
import io.freshet.testing.PageInBrowser;
import io.freshet.testing.Scene;
import java.net.URI;
import java.util.List;

/** The page of several replicas behind one address: whichever of them answers, it shows the same. */
final class PageOfReplicas {

    private final Scene scene;
    private final List<URI> replicas;

    PageOfReplicas(Scene scene, List<URI> replicas) {
        this.scene = scene;
        this.replicas = List.copyOf(replicas);
    }

    /** Each place of it, of what was before they started. */
    void assertShowsAll(Event settled, String report, String token) {
        try (var address = new OneAddress(replicas);
                var page = PageInBrowser.open(address.url(), scene)) {
            page.eventuallyReads("#main ol[aria-label^=Changes]", "data source " + OneDataset.SOURCE, "succeeded");
            page.go("reports?q=" + report);
            page.eventuallyReads("#main tbody", report, "settled");
            page.go("reports/acme/" + report);
            page.eventuallyReads("#main .runs", "succeeded");
            page.go("changes/acme?source=/etl&id="
                    + settled.data().at("/change/id").asText());
            page.eventuallyReads("#main .headline", settled.text("outcome"));
            page.eventuallyReads("#main table", report);
            page.go("workspaces/acme");
            page.eventuallyReads("#main .lanes", "post runs");
            page.signIn(token);
            page.go("plan");
            page.fill("target", OneDataset.SOURCE);
            page.browser().evaluate("document.querySelector('#main form').requestSubmit()");
            page.eventuallyReads("#main [role=status]", "would be run", report);
            assertThat(address.connections()).as("all of them were asked").isGreaterThanOrEqualTo(replicas.size());
            assertThat(page.browser().complaints()).isEmpty();
        }
    }
}
