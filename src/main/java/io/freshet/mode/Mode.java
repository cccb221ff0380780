package io.freshet.mode;

import io.freshet.mode.Answer.Kind;
import io.freshet.mode.limit.Lane;
import io.freshet.workspace.Workspace;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;

/** One workspace's API. Every call needs a permit; what can go wrong with one is an {@link Answer.Failure}. */
public final class Mode {

    private final String account;
    private final ModeApi api;
    private final Gate gate;
    private final Dispatcher dispatcher;
    private final KnownExecutor executor;
    private final RunCalls runs;
    private final Listings listings;
    private final DatasetRows rows;
    private final SqlTexts sql;

    Mode(
            Workspace workspace,
            ModeApi api,
            Gate gate,
            Dispatcher dispatcher,
            Clock clock,
            ModeConfig.DatasetTokens datasetTokens,
            KnownExecutor executor) {
        this.account = workspace.account();
        this.api = api;
        this.gate = gate;
        this.dispatcher = dispatcher;
        this.executor = executor;
        this.runs = new RunCalls(account, api, dispatcher, gate, clock, datasetTokens, executor);
        this.listings = new Listings(account, api, dispatcher, gate);
        this.rows = new DatasetRows(account, api, dispatcher);
        this.sql = new SqlTexts(account, api, dispatcher);
    }

    public String account() {
        return account;
    }

    /** What keeps calls from leaving at present, other than the budget. */
    public Optional<Trouble> trouble() {
        return gate.trouble();
    }

    /** The same, if it is Mode's own. */
    public Optional<Trouble> troubleOfCalls() {
        return gate.circuitTrouble();
    }

    public WorkspaceLimit limit() {
        return gate;
    }

    /** Mode's clock, as far as its answers show it. */
    public ModeClock clock() {
        return dispatcher.modeClock();
    }

    /** Whom Mode names for our runs; empty if none was posted with the present credential yet. */
    public Optional<String> executor() {
        return executor.known();
    }

    /** Waits for leave to make one call. Within a lane, the earliest priority goes first. */
    public Uni<Permit> permit(Lane lane, Instant priority) {
        return gate.permit(lane, priority);
    }

    /**
     * The same for who doesn't give up. Of equal priorities, those with the same groupKey go together. It begins on a worker,
     * must use the permit or give it back, and may throw nothing.
     */
    public void whenPermitted(Lane lane, Instant priority, String groupKey, Consumer<Permit> begin) {
        gate.whenPermitted(lane, priority, groupKey, begin);
    }

    /**
     * Refreshes datasets in a report. Not to be repeated unless the failure is {@link Kind#isSurelyNotTaken()}.
     *
     * @param notAfter if the request could only be written later, it isn't, and the answer is {@link Kind#NOT_SENT}
     */
    public Uni<Answer<ReportRun>> postRun(Permit permit, String report, SortedSet<String> datasets, Instant notAfter) {
        return runs.post(permit, report, datasets, notAfter);
    }

    /** Runs a dataset by itself, which queries the warehouse. The same holds as for {@link #postRun}. */
    public Uni<Answer<ReportRun>> postDatasetRun(Permit permit, String dataset, Instant notAfter) {
        return runs.postOfDataset(permit, dataset, notAfter);
    }

    /** @param report or a dataset, which has the same address */
    public Uni<Answer<ReportRun>> run(Permit permit, String report, String run) {
        return runs.run(permit, report, run);
    }

    /** The report's runs, the newest first, as far back as this instant and perhaps further. */
    public Uni<Answer<List<ReportRun>>> runs(Permit permit, String report, Instant since) {
        return runs.list(permit, report, since);
    }

    /** The dataset's runs, as {@link #runs} lists a report's; those by Mode's schedule and by hand, too. */
    public Uni<Answer<List<ReportRun>>> datasetRuns(Permit permit, String dataset, Instant since) {
        return runs.listOfDataset(permit, dataset, since);
    }

    /**
     * What the queries of a run came to.
     *
     * @param report or a dataset, which has the same address
     */
    public Uni<Answer<List<QueryRun>>> queryRuns(Permit permit, String report, String run) {
        return runs.queries(permit, report, run);
    }

    public Uni<Answer<FullReport>> report(Permit permit, String report) {
        return dispatcher
                .call(permit, Operation.REPORT, report, () -> api.report(account, report))
                .map(answer -> answer.flatMap(body -> Answers.read(body, FullReport::of)));
    }

    /**
     * One page of a Collection's reports, archived ones too.
     *
     * @param page from 1; past the last one there is nothing, or the same again
     */
    public Uni<Answer<List<FullReport>>> reportsOfSpace(Permit permit, String space, int page) {
        return dispatcher
                .call(permit, Operation.REPORTS_OF_SPACE, space, () -> api.reportsOfSpace(account, space, page))
                .map(answer -> answer.flatMap(body -> PageWalk.rows(body, "reports", FullReport::of)));
    }

    /** All of a Collection's reports, archived ones too, and datasets where Mode lists them there. */
    public Uni<Answer<List<FullReport>>> reportsOfSpaceListing(String space) {
        return listings.reportsOfSpace(space);
    }

    /** All that the workspace has connected, among the calls that planning takes. */
    public Uni<Answer<List<DataSource>>> dataSources() {
        return dispatcher
                .idempotent(Operation.DATA_SOURCES, account, () -> api.dataSources(account))
                .map(answer -> answer.flatMap(body -> PageWalk.rows(body, "data_sources", DataSource::of)));
    }

    public Uni<Answer<List<Dataset>>> datasetsOfDataSource(String dataSource) {
        return listings.datasetsOfDataSource(dataSource);
    }

    public Uni<Answer<List<Dataset>>> datasetsOfSpace(String space) {
        return listings.datasetsOfSpace(space);
    }

    /** Datasets as they are now, for whom nobody waits. */
    public DatasetRows datasetRows() {
        return rows;
    }

    /** The SQL of datasets, for which others are not kept waiting. */
    public SqlTexts sqlTexts() {
        return sql;
    }

    public Uni<Answer<List<Report>>> reportsOfDataset(String dataset) {
        return listings.reportsOfDataset(dataset);
    }

    /** The same as with a permit, among the calls that planning takes. */
    public Uni<Answer<FullReport>> report(String report) {
        return dispatcher
                .idempotent(Operation.REPORT, report, () -> api.report(account, report))
                .map(answer -> answer.flatMap(body -> Answers.read(body, FullReport::of)));
    }

    public Uni<Answer<Dataset>> dataset(String dataset) {
        return dispatcher
                .idempotent(Operation.DATASET, dataset, () -> api.dataset(account, dataset))
                .map(answer -> answer.flatMap(body -> Answers.read(body, Dataset::of)));
    }

    public Uni<Answer<Dataset>> updateDataset(String dataset, DatasetUpdate update) {
        return dispatcher
                .idempotent(Operation.UPDATE_DATASET, dataset, () -> api.updateDataset(account, dataset, update.body()))
                .map(answer -> answer.flatMap(body -> Answers.read(body, Dataset::of)));
    }

    public Uni<Answer<String>> deleteDataset(String dataset) {
        return dispatcher
                .idempotent(Operation.DELETE_DATASET, dataset, () -> api.deleteDataset(account, dataset))
                .map(answer -> answer.map(body -> dataset));
    }
}
