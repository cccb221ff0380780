package io.freshet.ledger;

import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.state.ReportState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The book of one replica, in the steps between which a simulated process may crash. */
public final class SimulatedLedger {

    /** What some entries come to, before it is committed. */
    public static final class Draft {

        private final StagedTransaction page;

        private Draft(StagedTransaction page) {
            this.page = page;
        }

        /** Nothing of it needs Kafka. */
        public boolean isBlank() {
            return page.isBlank();
        }

        /** One per entry: where its report stands after it; empty where the entry came to nothing. */
        public List<Optional<ReportState>> results() {
            return page.results();
        }

        /** Per partition, the offset to be read next. */
        public Map<Integer, Long> positions() {
            return page.positions();
        }

        /** What the log would keep. */
        public Map<ReportKey, ReportState> saved() {
            var saved = new HashMap<ReportKey, ReportState>();
            page.durable().forEach(place -> saved.put(place.report(), page.state(place)));
            return saved;
        }

        public List<RunEvent> told() {
            return page.told();
        }

        /** All that moved, saved or not. */
        public Map<ReportKey, ReportState> states() {
            return page.states();
        }
    }

    private final StateStore book = new StateStore();

    public void open(int partition, Map<ReportKey, ReportState> states, long position) {
        book.open(partition, states, position);
    }

    public void close(int partition) {
        book.close(partition);
    }

    public Draft draft(List<LedgerEntry> entries) {
        return new Draft(book.write(entries));
    }

    public void keep(Draft draft) {
        book.keep(draft.page);
    }
}
