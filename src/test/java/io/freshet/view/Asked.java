package io.freshet.view;

import io.freshet.event.BatchKey;
import io.freshet.event.Outcome;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which reports are asked for: all of them, but for what is said. */
record Asked(
        @Nullable String account,
        @Nullable Stage stage,
        @Nullable String text,
        Set<Outcome> outcomes,
        @Nullable BatchKey batch) {

    static final Asked ALL = new Asked(null, null, null, Set.of(), null);

    Asked in(String other) {
        return new Asked(other, stage, text, outcomes, batch);
    }

    Asked at(Stage other) {
        return new Asked(account, other, text, outcomes, batch);
    }

    Asked named(String other) {
        return new Asked(account, stage, other, outcomes, batch);
    }

    Asked ended(Outcome... others) {
        return new Asked(account, stage, text, Set.of(others), batch);
    }

    Asked of(BatchKey other) {
        return new Asked(account, stage, text, outcomes, other);
    }

    ReportQuery byName() {
        return query(100, Optional.empty(), ReportQuery.Order.NAME);
    }

    ReportQuery byName(int limit, Optional<ReportPlace> after) {
        return query(limit, after, ReportQuery.Order.NAME);
    }

    ReportQuery byAge(int limit, Optional<ReportPlace> after) {
        return query(limit, after, ReportQuery.Order.AGE);
    }

    private ReportQuery query(int limit, Optional<ReportPlace> after, ReportQuery.Order order) {
        return new ReportQuery(
                Optional.ofNullable(account),
                Optional.ofNullable(stage),
                Optional.ofNullable(text),
                outcomes,
                Optional.ofNullable(batch),
                limit,
                after,
                order);
    }
}
