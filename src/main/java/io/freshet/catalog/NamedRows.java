package io.freshet.catalog;

import io.freshet.mode.Answer;
import io.freshet.mode.Dataset;
import io.freshet.mode.DatasetRows;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads the rows of datasets of which nobody knows where they are. One that is asked for by itself says which Collection it is in;
 * where that may have several of the others, it is read as well.
 */
final class NamedRows {

    /** How many datasets are asked for by themselves. */
    private static final int MOST = 30;

    private static final int WORTH_A_LISTING = 2;

    private final DatasetRows rows;
    private final SortedSet<String> unread;
    private final Map<String, Dataset> found = new HashMap<>();
    private final Set<String> spacesRead = new HashSet<>();
    private int asked;

    NamedRows(DatasetRows rows, SortedSet<String> datasets) {
        this.rows = rows;
        this.unread = new TreeSet<>(datasets);
    }

    /** To be subscribed to once. */
    Uni<Map<String, Dataset>> read() {
        return Uni.createFrom().deferred(() -> {
            if (unread.isEmpty() || asked >= MOST) {
                return Uni.createFrom().item(found);
            }
            asked++;
            return rows.of(unread.first()).flatMap(this::goOn);
        });
    }

    private Uni<Map<String, Dataset>> goOn(Answer<Dataset> answer) {
        return answer.fold(
                row -> {
                    take(row);
                    return row.spaceToken().map(this::neighbours).orElseGet(this::read);
                },
                failure -> {
                    unread.remove(unread.first());
                    return failure.kind().isTransient() ? Uni.createFrom().item(found) : read();
                });
    }

    private Uni<Map<String, Dataset>> neighbours(String space) {
        return unread.size() >= WORTH_A_LISTING && spacesRead.add(space)
                ? rows.ofSpace(space, unread).flatMap(answer -> {
                    answer.<Collection<Dataset>>fold(some -> some, failure -> Set.of())
                            .forEach(this::take);
                    return read();
                })
                : read();
    }

    private void take(Dataset row) {
        unread.remove(row.token());
        found.put(row.token(), row);
    }
}
