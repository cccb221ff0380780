package io.freshet;

import io.freshet.event.ReportKey;
import io.freshet.ledger.Entry;
import io.freshet.mode.Lane;
import io.freshet.mode.Mode;
import io.freshet.mode.Modes;
import io.freshet.ops.Tracing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a few reports rest and the budget is free, their intents are saved together with their wishes: the POSTs leave
 * one transaction earlier. All the wishes that came together do, or none: where there are more, or the budget is less
 * than that, who goes first is for {@link TakeSteps} to say.
 */
@ApplicationScoped
class PostAtOnce {

    /** With more than a few, it matters that the runs of one page of a Collection are posted together. */
    private static final int FEW = 10;

    private final Modes modes;
    private final TakeSteps steps;
    private final PostRun postRun;
    private final Tracing tracing;

    PostAtOnce(Modes modes, TakeSteps steps, PostRun postRun, Tracing tracing) {
        this.modes = modes;
        this.steps = steps;
        this.postRun = postRun;
        this.tracing = tracing;
    }

    /** What has been read, with the intents of the wishes that may leave. */
    Departures of(List<Entry> read) {
        var departures = new HashMap<ReportKey, Departure>();
        wishes(read).forEach((account, wishes) -> modes.find(account)
                .ifPresent(mode -> departures.putAll(departures(wishes, mode))));
        return new Departures(read, departures);
    }

    private static Map<String, List<Entry.Wished>> wishes(List<Entry> read) {
        return read.stream()
                .filter(Entry.Wished.class::isInstance)
                .map(Entry.Wished.class::cast)
                .collect(Collectors.groupingBy(wished -> wished.report().account()));
    }

    private Map<ReportKey, Departure> departures(List<Entry.Wished> wishes, Mode mode) {
        if (isForTheirTurn(wishes)) {
            return Map.of();
        }
        var items = wishes.stream()
                .flatMap(wished -> steps.anticipate(wished).stream())
                .toList();
        var permits = mode.permitsAtOnce(Lane.POST, items.size());
        var departures = new HashMap<ReportKey, Departure>();
        for (var n = 0; n < permits.size(); n++) {
            var item = items.get(n);
            departures.put(item.report(), new Departure(item, mode, permits.get(n), steps, postRun, tracing));
        }
        items.stream().skip(permits.size()).forEach(steps::over);
        return departures;
    }

    /** A backfill lets others go first, and wishes for the same report are to become one POST. */
    private static boolean isForTheirTurn(List<Entry.Wished> wishes) {
        var reports = new HashSet<ReportKey>();
        return wishes.size() > FEW
                || wishes.stream().anyMatch(wished -> wished.wish().backfill() || !reports.add(wished.report()));
    }
}
