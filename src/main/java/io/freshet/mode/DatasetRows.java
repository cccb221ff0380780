package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.mode.limit.Lane;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The rows of some datasets as they are now, read after everything else that is to be asked. A listing is read as far as the last
 * of them, and once: a row that it doesn't show is missing in the result, and nothing is lost by that.
 */
public final class DatasetRows {

    /** A listing costs no more calls than there are datasets. */
    private static final int ROWS_A_PAGE = 30;

    private final String account;
    private final ModeApi api;
    private final Dispatcher dispatcher;

    DatasetRows(String account, ModeApi api, Dispatcher dispatcher) {
        this.account = account;
        this.api = api;
        this.dispatcher = dispatcher;
    }

    public Uni<Answer<List<Dataset>>> ofDataSource(String dataSource, SortedSet<String> wanted) {
        return listing(
                Operation.DATASETS_OF_DATA_SOURCE,
                dataSource,
                row -> Dataset.of(row, Optional.of(dataSource)),
                wanted,
                page -> api.datasetsOfDataSource(account, dataSource, page, null, null, null));
    }

    public Uni<Answer<List<Dataset>>> ofSpace(String space, SortedSet<String> wanted) {
        return listing(
                Operation.DATASETS_OF_SPACE,
                space,
                Dataset::of,
                wanted,
                page -> api.datasetsOfSpace(account, space, page, null, null, null));
    }

    public Uni<Answer<Dataset>> of(String dataset) {
        return dispatcher
                .idempotent(Lane.BACKFILL, Operation.DATASET, dataset, () -> api.dataset(account, dataset))
                .map(answer -> answer.flatMap(body -> Answers.read(body, Dataset::of)));
    }

    /** The newest; none where Mode shows none. */
    public Uni<Answer<Optional<ReportRun>>> lastRun(String dataset) {
        return dispatcher
                .idempotent(Lane.BACKFILL, Operation.DATASET_RUNS, dataset, () -> api.datasetRuns(account, dataset, 1))
                .map(answer -> answer.flatMap(body -> PageWalk.rows(body, "report_runs", ReportRun::of))
                        .map(runs -> runs.stream().findFirst()));
    }

    private Uni<Answer<List<Dataset>>> listing(
            Operation operation,
            String subject,
            Function<JsonNode, Dataset> reading,
            SortedSet<String> wanted,
            IntFunction<Uni<RestResponse<byte[]>>> page) {
        return Uni.createFrom().deferred(() -> {
            var unseen = new TreeSet<>(wanted);
            var rows = new AtomicInteger();
            var walk = new PageWalk<>("reports", reading, row -> {
                unseen.remove(row.token());
                return unseen.isEmpty() || rows.incrementAndGet() >= wanted.size() * ROWS_A_PAGE;
            });
            return walk.walk(
                    number -> dispatcher.idempotent(Lane.BACKFILL, operation, subject, () -> page.apply(number)));
        });
    }
}
