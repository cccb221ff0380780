package io.freshet.mode;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.function.IntFunction;
import org.jboss.resteasy.reactive.RestResponse;

/** What is said to Mode of runs: of reports, and of datasets, whose runs have another address in part. */
final class RunCalls {

    private final String account;
    private final ModeApi api;
    private final Dispatcher dispatcher;
    private final Gate gate;
    private final Clock clock;
    private final ModeConfig.DatasetTokens datasetTokens;
    private final KnownExecutor executor;

    RunCalls(
            String account,
            ModeApi api,
            Dispatcher dispatcher,
            Gate gate,
            Clock clock,
            ModeConfig.DatasetTokens datasetTokens,
            KnownExecutor executor) {
        this.account = account;
        this.api = api;
        this.dispatcher = dispatcher;
        this.gate = gate;
        this.clock = clock;
        this.datasetTokens = datasetTokens;
        this.executor = executor;
    }

    Uni<Answer<ReportRun>> post(Permit permit, String report, SortedSet<String> datasets, Instant notAfter) {
        var body = RunBody.refreshing(datasets, datasetTokens, notAfter);
        return dispatcher
                .call(permit, Operation.POST_RUN, report, () -> api.postRun(account, report, body))
                .map(answer -> answer.flatMap(Answers::taken).map(this::taken));
    }

    Uni<Answer<ReportRun>> postOfDataset(Permit permit, String dataset, Instant notAfter) {
        var body = RunBody.ofDataset(notAfter);
        return dispatcher
                .call(permit, Operation.POST_DATASET_RUN, dataset, () -> api.postDatasetRun(account, dataset, body))
                .map(answer -> answer.flatMap(Answers::taken).map(this::taken));
    }

    private ReportRun taken(ReportRun run) {
        run.createdAt().ifPresent(dispatcher.modeClock()::stamped);
        executor.of(run);
        return run;
    }

    Uni<Answer<ReportRun>> run(Permit permit, String report, String run) {
        return dispatcher
                .call(permit, Operation.RUN, report, () -> api.run(account, report, run))
                .map(answer -> answer.flatMap(body -> Answers.read(body, ReportRun::of)));
    }

    Uni<Answer<List<ReportRun>>> list(Permit permit, String report, Instant since) {
        return list(permit, Operation.RUNS, report, since, page -> api.runs(account, report, page, null, null, null));
    }

    Uni<Answer<List<ReportRun>>> listOfDataset(Permit permit, String dataset, Instant since) {
        return list(permit, Operation.DATASET_RUNS, dataset, since, page -> api.datasetRuns(account, dataset, page));
    }

    private Uni<Answer<List<ReportRun>>> list(
            Permit permit,
            Operation operation,
            String subject,
            Instant since,
            IntFunction<Uni<RestResponse<byte[]>>> pages) {
        var walk = new PageWalk<>("report_runs", ReportRun::of, run -> run.createdAt()
                .filter(created -> created.isBefore(since))
                .isPresent());
        return walk.walk(page -> {
            var permitted = page == 1 ? Uni.createFrom().item(permit) : gate.permit(permit.lane(), clock.instant());
            return permitted.flatMap(leave -> dispatcher.call(leave, operation, subject, () -> pages.apply(page)));
        });
    }

    Uni<Answer<List<QueryRun>>> queries(Permit permit, String report, String run) {
        return dispatcher
                .call(permit, Operation.QUERY_RUNS, report, () -> api.queryRuns(account, report, run))
                .map(answer -> answer.flatMap(body -> PageWalk.rows(body, "query_runs", QueryRun::of)));
    }
}
