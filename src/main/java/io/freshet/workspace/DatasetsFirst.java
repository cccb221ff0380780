package io.freshet.workspace;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether datasets are run before the reports that import them.
 *
 * @param byDataSource what is set for data sources by themselves, by token
 */
public record DatasetsFirst(Rule otherwise, Map<String, Rule> byDataSource) {

    /** When that is done. */
    public enum Rule {
        /** Where Mode's own data has shown that reports alone show old data. */
        AUTO,
        ALWAYS,
        NEVER;

        /** Empty if it is no rule's word. */
        static Optional<Rule> of(String word) {
            return Arrays.stream(values())
                    .filter(rule -> rule.name().toLowerCase(Locale.ROOT).equals(word.strip()))
                    .findFirst();
        }
    }

    public DatasetsFirst {
        byDataSource = Map.copyOf(byDataSource);
    }

    /** @param dataSource that the dataset is on; empty where nobody knows */
    public Rule rule(Optional<String> dataSource) {
        return dataSource.map(byDataSource::get).orElse(otherwise);
    }

    /** Whether any dataset may go first. */
    public boolean isPossible() {
        return otherwise != Rule.NEVER || byDataSource.values().stream().anyMatch(rule -> rule != Rule.NEVER);
    }
}
