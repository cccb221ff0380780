package io.freshet.view;

import static io.freshet.view.Records.NOON;

import io.freshet.event.Presentations;
import java.time.Clock;
import java.time.ZoneOffset;

/** What is known of many reports, for tests of what is answered. */
public final class FilledView {

    private FilledView() {}

    /** So many reports of the workspace acme, which the batch 7 is under way for. */
    public static ClusterView of(int reports) {
        var view = new ClusterView(
                Presentations.WITH_NAMES, Clock.fixed(NOON, ZoneOffset.UTC), new ActivityFeed(Runnable::run));
        var records = new Records(view);
        records.planned(7, 0, "load-1");
        for (var n = 0; n < reports; n++) {
            records.read(
                    "acme/reports/0123%08d".formatted(n),
                    ("'state':'running','request':{'dataset_tokens':['d1','d2'],'batches':[8],'requested_at':'%1$s'},"
                                    + "'run_token':'fedcba%2$06d','accepted_at':'%1$s','adopted':false,'mode_state':'pending',"
                                    + "'ask_at':'%3$s','poll_interval':'PT2S','history':{'last_outcome':'succeeded',"
                                    + "'name':'Revenue and margin by region, weekly, no. %2$d',"
                                    + "'outcomes':[{'batch':7,'outcome':'succeeded','at':'%1$s'}]}")
                            .formatted(NOON, n, NOON.plusSeconds(60)));
        }
        view.following();
        return view;
    }
}
