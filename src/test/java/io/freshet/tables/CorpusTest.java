package io.freshet.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How well the rule does with realistic queries. */
class CorpusTest {

    private static final List<Corpus.Query> QUERIES = Corpus.queries();

    private static final List<String> DIALECTS = List.of(
            "snowflake",
            "bigquery",
            "redshift",
            "postgres",
            "mysql",
            "sqlserver",
            "databricks",
            "trino",
            "athena",
            "oracle");

    @Test
    void shouldHaveManyQueriesInEightDialectsAndMore() {
        assertThat(QUERIES).hasSizeGreaterThanOrEqualTo(30).allMatch(query -> !query.reads()
                .isEmpty());
        assertThat(QUERIES).extracting(Corpus.Query::dialect).containsAll(DIALECTS);
    }

    @Test
    void shouldMissNoTableThatIsRead() {
        var read = new ArrayList<String>();
        var missed = new ArrayList<String>();
        for (var query : QUERIES) {
            for (var table : query.reads()) {
                read.add(query.name());
                if (query.tables().mentions(table).isEmpty()) {
                    missed.add(query.name() + " reads " + table);
                }
            }
        }

        System.out.printf("%d queries read %d tables, %d of them missed%n", QUERIES.size(), read.size(), missed.size());

        assertThat(missed).isEmpty();
        assertThat(read).hasSizeGreaterThan(70);
    }

    /** A false hit is one refresh too many; of a miss nobody would hear. */
    @Test
    void shouldRarelyMentionATableThatIsNotRead() {
        var tables = Corpus.tables(QUERIES);
        var pairs = 0;
        var falseHits = new ArrayList<String>();
        for (var query : QUERIES) {
            for (var table : tables) {
                if (!query.reads().contains(table)) {
                    pairs++;
                    query.tables().mentions(table).ifPresent(why -> falseHits.add(query.name() + " " + why));
                }
            }
        }
        var dynamic = QUERIES.stream()
                .filter(query -> query.tables().dynamic().isPresent())
                .toList();

        System.out.printf(
                "%d of %d pairs are false hits (%.1f %%), most of them by %d dynamic queries (%s); the others: %s%n",
                falseHits.size(),
                pairs,
                100.0 * falseHits.size() / pairs,
                dynamic.size(),
                dynamic.stream().map(Corpus.Query::name).collect(Collectors.joining(", ")),
                falseHits.stream().filter(hit -> hit.contains(" mentions ")).toList());

        assertThat(falseHits).hasSizeLessThanOrEqualTo(pairs * 5 / 100);
        assertThat(falseHits).as("without any the corpus would be too kind").isNotEmpty();
    }
}
