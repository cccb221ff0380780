package io.freshet.ledger;

import io.freshet.event.BatchKey;
import io.freshet.event.ChangeKey;
import io.freshet.event.FactKey;
import io.freshet.event.ReportKey;
import io.freshet.event.Tokens;
import io.freshet.lineage.LineageKey;
import io.freshet.lineage.RunName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The key of a record of the state topic: {@code ACCOUNT/reports/TOKEN}, {@code …/datasets/TOKEN}, {@code …/changes/DIGEST},
 * {@code …/batches/NUMBER}, {@code …/facts/NAME}, {@code …/unshown/TOKEN}, {@code …/lineage/RUN},
 * {@code …/tables/TOKEN} or {@code …/limit}.
 */
sealed interface StateKey {

    String CHANGES = "changes";
    String BATCHES = "batches";
    String FACTS = "facts";
    String UNSHOWN = "unshown";
    String LINEAGE = "lineage";
    String TABLES = "tables";
    String LIMIT = "limit";

    String account();

    String text();

    default byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /** Where a report is, or a dataset that is run by itself. */
    record OfReport(ReportKey report) implements StateKey {
        @Override
        public String account() {
            return report.account();
        }

        @Override
        public String text() {
            return report.account() + "/" + report.kind().plural() + "/" + report.reportToken();
        }
    }

    /** A change that is open. */
    record OfChange(ChangeKey change) implements StateKey {
        @Override
        public String account() {
            return change.account();
        }

        @Override
        public String text() {
            return change.key();
        }
    }

    /** A batch that is open or remembered. */
    record OfBatch(BatchKey batch) implements StateKey {
        @Override
        public String account() {
            return batch.account();
        }

        @Override
        public String text() {
            return batch.account() + "/" + BATCHES + "/" + batch.number();
        }
    }

    /** Something that is known of a workspace. */
    record OfFact(FactKey fact) implements StateKey {
        @Override
        public String account() {
            return fact.account();
        }

        @Override
        public String text() {
            return fact.account() + "/" + FACTS + "/" + fact.name();
        }
    }

    /** What a report under objectives hasn't shown. */
    record OfUnshown(ReportKey report) implements StateKey {
        @Override
        public String account() {
            return report.account();
        }

        @Override
        public String text() {
            return report.account() + "/" + UNSHOWN + "/" + report.reportToken();
        }
    }

    /** A run of OpenLineage from which changes may follow. */
    record OfLineage(LineageKey run) implements StateKey {
        @Override
        public String account() {
            return run.account();
        }

        @Override
        public String text() {
            return run.text();
        }
    }

    /** What is known of the SQL of a dataset. */
    record OfSql(ReportKey dataset) implements StateKey {
        @Override
        public String account() {
            return dataset.account();
        }

        @Override
        public String text() {
            return dataset.account() + "/" + TABLES + "/" + dataset.reportToken();
        }
    }

    /** What is left of the request limit. */
    record OfLimit(String account) implements StateKey {
        @Override
        public String text() {
            return account + "/" + LIMIT;
        }
    }

    /** Empty if the text is no such key. */
    static Optional<StateKey> parse(String key) {
        var parts = key.split("/", 3); // a fact may be about a key
        if (parts.length == 2 && parts[1].equals(LIMIT) && !parts[0].isEmpty()) {
            return Optional.of(new OfLimit(parts[0]));
        }
        if (parts.length != 3 || parts[0].isEmpty()) {
            return Optional.empty();
        }
        if (parts[1].equals(FACTS)) {
            return FactKey.parse(parts[0], parts[2]).map(OfFact::new);
        }
        if (parts[1].equals(LINEAGE) && RunName.isName(parts[2])) {
            return Optional.of(new OfLineage(new LineageKey(parts[0], parts[2])));
        }
        if (!Tokens.isToken(parts[2])) {
            return Optional.empty();
        }
        return switch (parts[1]) {
            case "reports" -> Optional.of(new OfReport(new ReportKey(parts[0], parts[2])));
            case "datasets" -> Optional.of(new OfReport(ReportKey.dataset(parts[0], parts[2])));
            case UNSHOWN -> Optional.of(new OfUnshown(new ReportKey(parts[0], parts[2])));
            case TABLES -> Optional.of(new OfSql(ReportKey.dataset(parts[0], parts[2])));
            case CHANGES -> digest(parts[2]).map(digest -> new OfChange(new ChangeKey(parts[0], digest)));
            case BATCHES -> number(parts[2]).map(number -> new OfBatch(new BatchKey(parts[0], number)));
            default -> Optional.empty();
        };
    }

    private static Optional<Long> digest(String text) {
        try {
            return text.length() == 16 ? Optional.of(Long.parseUnsignedLong(text, 16)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text)).filter(number -> number > 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
