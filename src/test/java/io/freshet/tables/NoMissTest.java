package io.freshet.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Random SQL around a table, so that nobody's idea of SQL is tested, but the promise. */
class NoMissTest {

    private static final int TEXTS = 30_000;

    /** @param text to be shown if it is missed that it reads the table */
    private record Sample(SqlTables tables, TableName table, String text) {

        static Sample ofText(int seed) {
            var random = new RandomSql(seed);
            var sql = random.text();
            return new Sample(SqlTables.of(sql), random.table, random.table + " in <" + sql + ">");
        }

        static Sample ofTemplate(int seed) {
            var random = new RandomTemplate(seed);
            var tables = SqlTables.of(random.text).withDefinitions(random.definitions());
            return new Sample(tables, random.table, random.toString());
        }
    }

    /**
     * @param named how many name their table
     * @param others how many count as mentioning another one's
     */
    private record Tally(List<String> misses, int named, int others) {

        static Tally of(String what, IntFunction<Sample> samples) {
            var misses = new ArrayList<String>();
            var named = 0;
            var others = 0;
            for (var seed = 0; seed < TEXTS; seed++) {
                var sample = samples.apply(seed);
                var why = sample.tables().mentions(sample.table());
                if (why.isEmpty()) {
                    misses.add("seed " + seed + ": " + sample.text());
                }
                named += why.filter(("mentions " + sample.table())::equals).isPresent() ? 1 : 0;
                others += sample.tables()
                                .mentions(new RandomSql(seed + TEXTS).table)
                                .isPresent()
                        ? 1
                        : 0;
            }
            System.out.printf(
                    "%d random %s: %d name their table, %d misses, %d count as mentioning another's%n",
                    TEXTS, what, named, misses.size(), others);
            return new Tally(misses, named, others);
        }
    }

    @Test
    void shouldNeverMissATableThatIsRead() {
        var tally = Tally.of("texts", Sample::ofText);

        assertThat(tally.misses()).isEmpty();
        assertThat(tally.named())
                .as("if most counted as dynamic, none could be missed")
                .isGreaterThan(TEXTS / 2);
        assertThat(tally.others())
                .as("if most mentioned everything, none could be missed")
                .isLessThan(TEXTS / 2);
    }

    @Test
    void shouldNeverMissATableThatATemplatePutsTogether() {
        var tally = Tally.of("templates", Sample::ofTemplate);

        assertThat(tally.misses()).isEmpty();
        assertThat(tally.named())
                .as("if all counted as dynamic, none could be missed")
                .isGreaterThan(TEXTS / 10);
        assertThat(tally.others())
                .as("if all mentioned everything, none could be missed")
                .isLessThan(TEXTS * 9 / 10);
    }
}
