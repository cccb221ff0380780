package io.freshet.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
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
        var pairs = QUERIES.size() * Corpus.tables(QUERIES).size() - reads();
        var dynamic = QUERIES.stream()
                .filter(query -> query.tables().dynamic().isPresent())
                .toList();

        var falseHits = falseHits(UnaryOperator.identity());

        System.out.printf(
                "%d of %d pairs are false hits (%.1f %%), %d by the name alone; as dynamic count %s; the others: %s%n",
                falseHits.size(),
                pairs,
                100.0 * falseHits.size() / pairs,
                falseHits(TableName::nameOnly).size(),
                dynamic.stream().map(Corpus.Query::name).toList(),
                falseHits.stream().filter(hit -> hit.contains(" mentions ")).toList());

        assertThat(falseHits).hasSizeLessThanOrEqualTo(pairs * 5 / 100);
        assertThat(falseHits).as("without any the corpus would be too kind").isNotEmpty();
        assertThat(dynamic).as("what is dynamic mentions everything").hasSizeLessThan(3);
    }

    private static int reads() {
        return QUERIES.stream().mapToInt(query -> query.reads().size()).sum();
    }

    private static List<String> falseHits(UnaryOperator<TableName> asked) {
        var hits = new ArrayList<String>();
        for (var query : QUERIES) {
            for (var table : Corpus.tables(QUERIES)) {
                if (!query.reads().contains(table)) {
                    query.tables().mentions(asked.apply(table)).ifPresent(why -> hits.add(query.name() + " " + why));
                }
            }
        }
        return hits;
    }
}
