package io.freshet;

import io.freshet.event.ReportKey;
import io.freshet.ledger.Entry;
import io.freshet.refresh.Standing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has been read, and for some of its reports the POST that leaves when it is committed. */
record Departures(List<Entry> read, Map<ReportKey, Departure> byReport) {

    /** To be entered into the ledger. */
    List<Entry> entries() {
        return read.stream().map(this::entry).toList();
    }

    private Entry entry(Entry entry) {
        return entry instanceof Entry.Wished wished
                ? departure(wished).<Entry>map(one -> wished.with(one::intend)).orElse(wished)
                : entry;
    }

    private Optional<Departure> departure(Entry.Wished wished) {
        return Optional.ofNullable(byReport.get(wished.report()));
    }

    /** @param standings one per entry, as the ledger says; null with a failure */
    void entered(@Nullable List<Optional<Standing>> standings, @Nullable Throwable failure) {
        for (var n = 0; n < read.size(); n++) {
            if (read.get(n) instanceof Entry.Wished wished) {
                Optional<Standing> standing = standings == null ? Optional.empty() : standings.get(n);
                departure(wished).ifPresent(one -> one.leave(standing));
            }
        }
    }
}
