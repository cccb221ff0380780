package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.limit.Lane;
import io.freshet.workspace.Workspace;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jboss.resteasy.reactive.RestResponse;

/** One workspace's API. Every call needs a permit; what can go wrong with one is an {@link Answer.Failure}. */
public final class Mode {

    private final String account;
    private final ModeApi api;
    private final Gate gate;
    private final Dispatcher dispatcher;
    private final Clock clock;
    private final ModeConfig.DatasetTokens datasetTokens;
    private final KnownExecutor executor;

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
        this.clock = clock;
        this.datasetTokens = datasetTokens;
        this.executor = executor;
    }

    public String account() {
        return account;
    }

    /** What keeps calls from leaving at present, other than the budget. */
    public Optional<String> trouble() {
        return gate.trouble();
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
        return permit(lane, priority, "");
    }

    /**
     * The same for one of several.
     *
     * @param groupKey of equal priorities, those with the same groupKey go together
     */
    public Uni<Permit> permit(Lane lane, Instant priority, String groupKey) {
        return gate.permit(lane, priority, groupKey);
    }

    /**
     * Refreshes datasets in a report. Not to be repeated unless the failure is {@link Kind#isSurelyNotTaken()}.
     *
     * @param notAfter if the request could only be written later, it isn't, and the answer is {@link Kind#NOT_SENT}
     */
    public Uni<Answer<ReportRun>> postRun(Permit permit, String report, SortedSet<String> datasets, Instant notAfter) {
        var body = RunBody.of(datasets, datasetTokens, notAfter);
        return dispatcher
                .call(permit, Operation.POST_RUN, report, () -> api.postRun(account, report, body))
                .map(answer -> answer.flatMap(Answers::taken).map(this::taken));
    }

    private ReportRun taken(ReportRun run) {
        run.createdAt().ifPresent(dispatcher.modeClock()::stamped);
        executor.of(run);
        return run;
    }

    public Uni<Answer<ReportRun>> run(Permit permit, String report, String run) {
        return dispatcher
                .call(permit, Operation.RUN, report, () -> api.run(account, report, run))
                .map(Mode::run);
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

    /** The report's runs, the newest first, as far back as this instant and perhaps further. */
    public Uni<Answer<List<ReportRun>>> runs(Permit permit, String report, Instant since) {
        var walk = new PageWalk<>("report_runs", ReportRun::of, run -> run.createdAt()
                .filter(created -> created.isBefore(since))
                .isPresent());
        return walk.walk(page -> {
            var permitted = page == 1 ? Uni.createFrom().item(permit) : permit(Lane.POST, clock.instant());
            return permitted.flatMap(leave -> dispatcher.call(
                    leave, Operation.RUNS, report, () -> api.runs(account, report, page, null, null, null)));
        });
    }

    public Uni<Answer<List<Dataset>>> datasetsOfDataSource(String dataSource) {
        return listing(
                Operation.DATASETS_OF_DATA_SOURCE,
                Dataset::of,
                dataSource,
                page -> api.datasetsOfDataSource(account, dataSource, page, null, null, null));
    }

    public Uni<Answer<List<Dataset>>> datasetsOfSpace(String space) {
        return listing(
                Operation.DATASETS_OF_SPACE,
                Dataset::of,
                space,
                page -> api.datasetsOfSpace(account, space, page, null, null, null));
    }

    public Uni<Answer<List<Report>>> reportsOfDataset(String dataset) {
        return listing(
                Operation.REPORTS_OF_DATASET,
                Report::of,
                dataset,
                page -> api.reportsOfDataset(account, dataset, page));
    }

    /** Which datasets the report imports; empty where Mode doesn't say. */
    public Uni<Answer<Optional<SortedSet<String>>>> importedDatasets(String report) {
        return dispatcher
                .idempotent(Operation.REPORT, report, () -> api.report(account, report))
                .map(answer -> answer.map(body -> LenientJson.tokens(body, "imported_datasets")));
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

    private static Answer<ReportRun> run(Answer<JsonNode> answer) {
        return answer.flatMap(body -> Answers.read(body, ReportRun::of));
    }
}
