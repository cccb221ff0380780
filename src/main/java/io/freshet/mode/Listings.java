package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jboss.resteasy.reactive.RestResponse;

/** Listings that are read whole, and again where they moved meanwhile. */
final class Listings {

    private final String account;
    private final ModeApi api;
    private final Dispatcher dispatcher;
    private final Gate gate;

    Listings(String account, ModeApi api, Dispatcher dispatcher, Gate gate) {
        this.account = account;
        this.api = api;
        this.dispatcher = dispatcher;
        this.gate = gate;
    }

    Uni<Answer<List<Dataset>>> datasetsOfDataSource(String dataSource) {
        return listing(
                Operation.DATASETS_OF_DATA_SOURCE,
                row -> Dataset.of(row, Optional.of(dataSource)),
                dataSource,
                page -> api.datasetsOfDataSource(account, dataSource, page, null, null, null));
    }

    Uni<Answer<List<Dataset>>> datasetsOfSpace(String space) {
        return listing(
                Operation.DATASETS_OF_SPACE,
                Dataset::of,
                space,
                page -> api.datasetsOfSpace(account, space, page, null, null, null));
    }

    Uni<Answer<List<Report>>> reportsOfDataset(String dataset) {
        return listing(
                Operation.REPORTS_OF_DATASET,
                Report::of,
                dataset,
                page -> api.reportsOfDataset(account, dataset, page));
    }

    Uni<Answer<List<FullReport>>> reportsOfSpace(String space) {
        return listing(
                Operation.REPORTS_OF_SPACE, FullReport::of, space, page -> api.reportsOfSpace(account, space, page));
    }

    private <T> Uni<Answer<List<T>>> listing(
            Operation operation,
            Function<JsonNode, T> reading,
            String subject,
            IntFunction<Uni<RestResponse<byte[]>>> page) {
        var walk = new PageWalk<>("reports", reading, row -> false);
        return Uni.createFrom().deferred(() -> new StableListing<>(
                        walk,
                        number -> dispatcher.idempotent(operation, subject, () -> page.apply(number)),
                        gate.use().isIdle() ? 2 : 1)
                .read());
    }
}
