package io.freshet;

import io.freshet.event.ReportKey;
import io.freshet.ledger.LedgerEntry;
import io.freshet.state.ReportState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has been read, and for some of its reports the POST that leaves when it is committed. */
record ImmediatePosts(List<LedgerEntry> read, Map<ReportKey, ImmediatePost> byReport) {

    /** To be entered into the ledger. */
    List<LedgerEntry> entries() {
        return read.stream().map(this::entry).toList();
    }

    private LedgerEntry entry(LedgerEntry entry) {
        return entry instanceof LedgerEntry.Refresh wished
                ? departure(wished)
                        .<LedgerEntry>map(one -> wished.with(one::intend))
                        .orElse(wished)
                : entry;
    }

    private Optional<ImmediatePost> departure(LedgerEntry.Refresh wished) {
        return Optional.ofNullable(byReport.get(wished.report()));
    }

    /** @param states one per entry, as the ledger says; null with a failure */
    void entered(@Nullable List<Optional<ReportState>> states, @Nullable Throwable failure) {
        for (var n = 0; n < read.size(); n++) {
            if (read.get(n) instanceof LedgerEntry.Refresh wished) {
                Optional<ReportState> state = states == null ? Optional.empty() : states.get(n);
                departure(wished).ifPresent(one -> one.leave(state));
            }
        }
    }
}
