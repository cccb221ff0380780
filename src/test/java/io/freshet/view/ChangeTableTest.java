package io.freshet.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A table of many changes. */
@Execution(ExecutionMode.CONCURRENT)
class ChangeTableTest {

    private final Set<Long> batches = new HashSet<>();
    private final ChangeTable table = new ChangeTable(batches::contains);

    /** Digests from a small range, so that they share places. */
    @Test
    void shouldFindEachAmongManyWhateverComesAndGoes() {
        var random = new Random(7);
        Map<Long, long[]> expected = new HashMap<>();
        for (var n = 0; n < 30_000; n++) {
            var digest = (long) random.nextInt(5_000) - 100;
            var batch = random.nextInt(400) + 1L;
            switch (random.nextInt(4)) {
                case 0 -> {
                    batches.add(batch);
                    put(expected, digest, n, random.nextBoolean(), batch);
                }
                case 1 -> put(expected, digest, n, true, 0);
                case 2 -> {
                    batches.remove(batch);
                    expected.values().removeIf(one -> one[1] == 0 && one[2] == batch);
                }
                default -> {
                    var place = table.find(digest);
                    var known = expected.get(digest);
                    if (known != null) {
                        var found = place < 0
                                ? new long[0]
                                : new long[] {table.changedAt(place), table.isOpen(place) ? 1 : 0, table.batch(place)};
                        if (!Arrays.equals(found, known)) {
                            assertThat(found).as("what is known of %d", digest).containsExactly(known);
                        }
                    }
                }
            }
        }
        assertThat(table.places()).isLessThan(12_000);
    }

    private void put(Map<Long, long[]> expected, long digest, long changedAt, boolean isOpen, long batch) {
        table.mark(table.put(digest, changedAt), isOpen, batch);
        expected.put(digest, new long[] {changedAt, isOpen ? 1 : 0, batch});
    }

    @Test
    void shouldTakeLittleMoreThanTheNumbersThemselves() {
        var random = new Random(8);
        batches.add(1L);
        for (var n = 0; n < 1_000_000; n++) {
            table.mark(table.put(random.nextLong(), n), false, 1);
        }

        assertThat(24L * table.places() / 1_000_000).as("bytes a change").isLessThanOrEqualTo(36);
    }

    @Test
    void shouldUseThePlacesOfTheForgottenAgain() {
        var random = new Random(9);
        for (var batch = 1L; batch <= 1_000; batch++) {
            batches.add(batch);
            for (var n = 0; n < 100; n++) {
                table.mark(table.put(random.nextLong(), n), false, batch);
            }
            batches.remove(batch - 10);
        }

        assertThat(table.places()).isLessThan(5_000);
    }
}
