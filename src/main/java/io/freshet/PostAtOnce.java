package io.freshet;

import io.freshet.event.ReportKey;
import io.freshet.ledger.LedgerEntry;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.freshet.mode.limit.Lane;
import io.freshet.telemetry.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a few reports rest and the budget is free, their intents are saved together with their requests: the POSTs leave
 * one transaction earlier. All the requests that came together do, or none: where there are more, or the budget is less
 * than that, who goes first is for {@link RunDriver} to say.
 */
@ApplicationScoped
class PostAtOnce {

    /** With more than a few, it matters that the runs of one page of a Collection are posted together. */
    private static final int FEW = 10;

    private final Modes modes;
    private final RunDriver steps;
    private final PostRun postRun;
    private final Tracing tracing;

    PostAtOnce(Modes modes, RunDriver steps, PostRun postRun, Tracing tracing) {
        this.modes = modes;
        this.steps = steps;
        this.postRun = postRun;
        this.tracing = tracing;
    }

    /** What has been read, with the intents of the requests that may leave. */
    ImmediatePosts of(List<LedgerEntry> read) {
        var departures = new HashMap<ReportKey, ImmediatePost>();
        requests(read).forEach((account, requests) -> modes.find(account)
                .ifPresent(mode -> departures.putAll(departures(requests, mode))));
        return new ImmediatePosts(read, departures);
    }

    private static Map<String, List<LedgerEntry.Refresh>> requests(List<LedgerEntry> read) {
        return read.stream()
                .filter(LedgerEntry.Refresh.class::isInstance)
                .map(LedgerEntry.Refresh.class::cast)
                .collect(Collectors.groupingBy(wished -> wished.report().account()));
    }

    private Map<ReportKey, ImmediatePost> departures(List<LedgerEntry.Refresh> requests, Mode mode) {
        if (isForTheirTurn(requests)) {
            return Map.of();
        }
        var items = requests.stream()
                .flatMap(wished -> steps.reserve(wished).stream())
                .toList();
        var permits = mode.permitsAtOnce(Lane.POST, items.size());
        var departures = new HashMap<ReportKey, ImmediatePost>();
        for (var n = 0; n < permits.size(); n++) {
            var item = items.get(n);
            departures.put(item.report(), new ImmediatePost(item, mode, permits.get(n), steps, postRun, tracing));
        }
        items.stream().skip(permits.size()).forEach(steps::over);
        return departures;
    }

    /** A backfill lets others go first, and requests for the same report are to become one POST. */
    private static boolean isForTheirTurn(List<LedgerEntry.Refresh> requests) {
        var reports = new HashSet<ReportKey>();
        return requests.size() > FEW
                || requests.stream().anyMatch(wished -> wished.request().backfill() || !reports.add(wished.report()));
    }
}
