package io.freshet.mode;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the <a href="https://mode.com/developer/api-reference/analytics/datasets/">Datasets reference</a>,
 * what running datasets and following runs needs, the report, which says what it imports, and the SQL of datasets. Paths are
 * relative to {@code https://app.mode.com/api}.
 *
 * <p>Answers are bytes, whatever their status: a proxy may answer 200 with a page of HTML, so what an answer is worth is
 * decided in one place, {@link Answers}. {@code filter} is {@code created_at|updated_at.gt|lt.TIME}, {@code order} is
 * {@code asc|desc}, {@code orderBy} is {@code created_at|updated_at}; null leaves them out. Mode answers 500 to a filter
 * of runs and ignores others, so nothing here relies on them.
 */
@Path("/{account}")
@Produces(ModeApi.HAL)
@Consumes("application/json")
interface ModeApi {

    String HAL = "application/hal+json";

    @GET
    @Path("/datasets/{dataset}/reports")
    Uni<RestResponse<byte[]>> reportsOfDataset(
            @PathParam("account") String account, @PathParam("dataset") String dataset, @QueryParam("page") int page);

    @GET
    @Path("/datasets/{dataset}")
    Uni<RestResponse<byte[]>> dataset(@PathParam("account") String account, @PathParam("dataset") String dataset);

    @GET
    @Path("/data_sources/{dataSource}/datasets")
    Uni<RestResponse<byte[]>> datasetsOfDataSource(
            @PathParam("account") String account,
            @PathParam("dataSource") String dataSource,
            @QueryParam("page") int page,
            @QueryParam("filter") @Nullable String filter,
            @QueryParam("order") @Nullable String order,
            @QueryParam("order_by") @Nullable String orderBy);

    /** All at once, whatever page is asked for. */
    @GET
    @Path("/data_sources")
    Uni<RestResponse<byte[]>> dataSources(@PathParam("account") String account);

    @GET
    @Path("/spaces/{space}/datasets")
    Uni<RestResponse<byte[]>> datasetsOfSpace(
            @PathParam("account") String account,
            @PathParam("space") String space,
            @QueryParam("page") int page,
            @QueryParam("filter") @Nullable String filter,
            @QueryParam("order") @Nullable String order,
            @QueryParam("order_by") @Nullable String orderBy);

    @GET
    @Path("/reports/{report}/runs")
    Uni<RestResponse<byte[]>> runs(
            @PathParam("account") String account,
            @PathParam("report") String report,
            @QueryParam("page") int page,
            @QueryParam("filter") @Nullable String filter,
            @QueryParam("order") @Nullable String order,
            @QueryParam("order_by") @Nullable String orderBy);

    @GET
    @Path("/reports/{report}/runs/{run}")
    Uni<RestResponse<byte[]>> run(
            @PathParam("account") String account, @PathParam("report") String report, @PathParam("run") String run);

    @GET
    @Path("/reports/{report}")
    Uni<RestResponse<byte[]>> report(@PathParam("account") String account, @PathParam("report") String report);

    /** Thirty reports a page, with nothing that says how many pages there are. */
    @GET
    @Path("/spaces/{space}/reports")
    Uni<RestResponse<byte[]>> reportsOfSpace(
            @PathParam("account") String account, @PathParam("space") String space, @QueryParam("page") int page);

    /** Refreshes datasets in a report. Mode has no idempotency key: whoever repeats this starts a second run. */
    @POST
    @Path("/reports/{report}/runs")
    Uni<RestResponse<byte[]>> postRun(
            @PathParam("account") String account, @PathParam("report") String report, RunBody body);

    /** Runs a dataset, which queries the warehouse. As little to be repeated as {@link #postRun}. */
    @POST
    @Path("/datasets/{dataset}/runs")
    Uni<RestResponse<byte[]>> postDatasetRun(
            @PathParam("account") String account, @PathParam("dataset") String dataset, RunBody body);

    @GET
    @Path("/datasets/{dataset}/runs")
    Uni<RestResponse<byte[]>> datasetRuns(
            @PathParam("account") String account, @PathParam("dataset") String dataset, @QueryParam("page") int page);

    /** What a run's queries came to; all at once. A dataset's token is as good as a report's. */
    @GET
    @Path("/reports/{report}/runs/{run}/query_runs")
    Uni<RestResponse<byte[]>> queryRuns(
            @PathParam("account") String account, @PathParam("report") String report, @PathParam("run") String run);

    /** All at once, with their SQL. A dataset's token is as good as a report's. */
    @GET
    @Path("/reports/{report}/queries")
    Uni<RestResponse<byte[]>> queries(@PathParam("account") String account, @PathParam("report") String report);

    /** All of the workspace at once, with their SQL. */
    @GET
    @Path("/definitions")
    Uni<RestResponse<byte[]>> definitions(@PathParam("account") String account);

    @PATCH
    @Path("/datasets/{dataset}")
    Uni<RestResponse<byte[]>> updateDataset(
            @PathParam("account") String account, @PathParam("dataset") String dataset, byte[] body);

    @DELETE
    @Path("/datasets/{dataset}")
    Uni<RestResponse<byte[]>> deleteDataset(@PathParam("account") String account, @PathParam("dataset") String dataset);
}
