package io.freshet.ledger;

import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.refresh.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The book of one replica, in the steps between which a simulated process may crash. */
public final class SimulatedLedger {

    /** What some entries come to, before it is committed. */
    public static final class Draft {

        private final Page page;

        private Draft(Page page) {
            this.page = page;
        }

        /** Nothing of it needs Kafka. */
        public boolean isBlank() {
            return page.isBlank();
        }

        /** One per entry: where its report stands after it; empty where the entry came to nothing. */
        public List<Optional<Standing>> results() {
            return page.results();
        }

        /** Per partition, the offset to be read next. */
        public Map<Integer, Long> positions() {
            return page.positions();
        }

        /** What the log would keep. */
        public Map<ReportKey, Standing> saved() {
            var saved = new HashMap<ReportKey, Standing>();
            page.durable().forEach(place -> saved.put(place.report(), page.standing(place)));
            return saved;
        }

        public List<RunEvent> told() {
            return page.told();
        }

        /** All that moved, saved or not. */
        public Map<ReportKey, Standing> standings() {
            return page.standings();
        }
    }

    private final Book book = new Book();

    public void open(int partition, Map<ReportKey, Standing> standings, long position) {
        book.open(partition, standings, position);
    }

    public void close(int partition) {
        book.close(partition);
    }

    public Draft draft(List<Entry> entries) {
        return new Draft(book.write(entries));
    }

    public void keep(Draft draft) {
        book.keep(draft.page);
    }
}
