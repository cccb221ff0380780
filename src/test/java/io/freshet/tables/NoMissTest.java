package io.freshet.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Random SQL around a table, so that nobody's idea of SQL is tested, but the promise. */
class NoMissTest {

    private static final int TEXTS = 30_000;

    @Test
    void shouldNeverMissATableThatIsRead() {
        var misses = new ArrayList<String>();
        var named = 0;
        var others = 0;
        for (var seed = 0; seed < TEXTS; seed++) {
            var random = new RandomSql(seed);
            var sql = random.text();
            var tables = SqlTables.of(sql);
            var why = tables.mentions(random.table);
            if (why.isEmpty()) {
                misses.add("seed " + seed + ": " + random.table + " in <" + sql + ">");
            }
            named += why.filter(("mentions " + random.table)::equals).isPresent() ? 1 : 0;
            others += tables.mentions(new RandomSql(seed + TEXTS).table).isPresent() ? 1 : 0;
        }

        System.out.printf(
                "%d random texts: %d name their table, %d misses, %d count as mentioning another's%n",
                TEXTS, named, misses.size(), others);

        assertThat(misses).isEmpty();
        assertThat(named).as("if most counted as dynamic, none could be missed").isGreaterThan(TEXTS / 2);
        assertThat(others)
                .as("if most mentioned everything, none could be missed")
                .isLessThan(TEXTS / 2);
    }

    @Test
    void shouldNeverMissATableThatATemplatePutsTogether() {
        var misses = new ArrayList<String>();
        var named = 0;
        var others = 0;
        for (var seed = 0; seed < TEXTS; seed++) {
            var template = new RandomTemplate(seed);
            var tables = SqlTables.of(template.text).withDefinitions(template.definitions());
            var why = tables.mentions(template.table);
            if (why.isEmpty()) {
                misses.add("seed " + seed + ": " + template);
            }
            named += why.filter(("mentions " + template.table)::equals).isPresent() ? 1 : 0;
            others += tables.mentions(new RandomSql(seed + TEXTS).table).isPresent() ? 1 : 0;
        }

        System.out.printf(
                "%d random templates: %d name their table, %d misses, %d count as mentioning another's%n",
                TEXTS, named, misses.size(), others);

        assertThat(misses).isEmpty();
        assertThat(named).as("if all counted as dynamic, none could be missed").isGreaterThan(TEXTS / 10);
        assertThat(others)
                .as("if all mentioned everything, none could be missed")
                .isLessThan(TEXTS * 9 / 10);
    }
}
