package io.freshet.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs as Mode shows them, and what a report or a dataset shows of its own. */
final class RunDocuments {

    private final Contents contents;
    private final Hal hal;

    RunDocuments(Contents contents, Hal hal) {
        this.contents = contents;
        this.hal = hal;
    }

    ObjectNode run(SandboxRun run) {
        var end = oddEnd(run);
        var completedAt = end.isPresent() && !end.get().hasTime() ? Optional.<Instant>empty() : run.completedAt();
        var shown = Hal.object().put("token", run.token());
        shown.put("state", end.map(OddEnd::state).orElse(run.state()));
        shown.put("created_at", stamp(run.createdAt()));
        shown.put("updated_at", stamp(completedAt.orElse(run.createdAt())));
        shown.put("completed_at", completedAt.map(this::stamp).orElse(null));
        shown.putNull("purge_started_at").putNull("purge_completed_at");
        if (!isDataset(run.report())) {
            shown.put("python_state", end.map(OddEnd::pythonState).orElse("none"));
            shown.putObject("parameters");
            shown.putArray("form_fields");
        }
        shown.put("is_latest_report_run", isFirst(run, contents.runs.each(run.report())));
        shown.put("is_latest_successful_report_run", isFirst(run, contents.succeeded(run.report())));
        hal.link(shown, "self", address(run));
        hal.link(shown, "report", "/reports/" + run.report());
        hal.link(shown, "account", "");
        Hal.linkTo(shown, "executed_by", "/api/" + run.executedBy());
        hal.link(shown, "query_runs", address(run) + "/query_runs");
        return shown;
    }

    /** Why a run failed stands here, and not in the run. */
    ObjectNode queryRun(SandboxRun run) {
        var state = oddEnd(run).map(OddEnd::state).orElse(run.state());
        var token = new StringBuilder(run.token()).reverse().toString();
        var shown = Hal.object().put("id", token).put("token", token);
        shown.put("state", state).put("created_at", stamp(run.createdAt()));
        shown.put("completed_at", run.completedAt().map(this::stamp).orElse(null));
        shown.put(
                "data_source_token",
                dataSourceOf(run.report()).map(Place::token).orElse(null));
        shown.put(
                "data_source_id",
                dataSourceOf(run.report())
                        .map(place -> Integer.toString(place.id()))
                        .orElse(null));
        shown.put("limit", false).put("query_token", run.report()).put("query_name", "Query 1");
        shown.put("max_result_bytes", 5_000_000_000L).put("help_url", "https://mode.com/help");
        if (state.equals("failed")) {
            var error = contents.queryErrors.getOrDefault(run.report(), QueryError.USUAL);
            shown.put("error_code", error.code()).put("error_type", "generic").put("error_message", error.message());
        } else {
            shown.putNull("error_code").putNull("error_type").putNull("error_message");
        }
        hal.link(shown, "self", address(run) + "/query_runs/" + token);
        hal.link(shown, "report_run", address(run));
        return shown;
    }

    /** Of a report, that of its first dataset: it has no other queries. */
    private Optional<Place> dataSourceOf(String token) {
        var ofReport = Optional.ofNullable(contents.reports.get(token))
                .flatMap(report -> contents.datasetsOf(report).stream().findFirst());
        return Optional.ofNullable(contents.datasets.get(token))
                .or(() -> ofReport)
                .map(dataset -> contents.dataSources.get(dataset.dataSource()));
    }

    /** It tells when the last run started, but when the last good one ended. */
    void lastRuns(ObjectNode shown, String token) {
        shown.put("runs_count", contents.runs.count(token));
        var isTold = !isDataset(token) || contents.lastRunsTold == LastRunsTold.IN_ROWS;
        var last = contents.runs.each(token).findFirst().filter(run -> isTold);
        var good = contents.succeeded(token).findFirst().filter(run -> isTold);
        shown.put("last_run_at", last.map(run -> stamp(run.createdAt())).orElse(null));
        shown.put(
                "last_successfully_run_at",
                good.flatMap(SandboxRun::completedAt).map(this::stamp).orElse(null));
        shown.put("last_successful_run_token", good.map(SandboxRun::token).orElse(null));
        last.ifPresent(run -> hal.link(shown, "last_run", address(run)));
        good.ifPresent(run -> hal.link(shown, "last_successful_run", address(run)));
    }

    /** In seconds: what a test has said, or else as the last good run took; null where there is neither. */
    @Nullable Double expectedRuntime(String token) {
        return Optional.ofNullable(contents.expectedRuntimes.get(token))
                .or(() -> contents.succeeded(token).findFirst().flatMap(run -> run.completedAt()
                        .map(end -> Duration.between(run.createdAt(), end))))
                .map(took -> took.toMillis() / 1000.0)
                .orElse(null);
    }

    private boolean isDataset(String token) {
        return contents.datasets.containsKey(token);
    }

    private Optional<OddEnd> oddEnd(SandboxRun run) {
        return run.completedAt().flatMap(end -> Optional.ofNullable(contents.oddEnds.get(run.report())));
    }

    private String stamp(Instant at) {
        return Hal.time(at.plus(contents.stampsAhead));
    }

    private static String address(SandboxRun run) {
        return "/reports/" + run.report() + "/runs/" + run.token();
    }

    private static boolean isFirst(SandboxRun run, Stream<SandboxRun> runs) {
        return runs.findFirst()
                .map(SandboxRun::token)
                .filter(run.token()::equals)
                .isPresent();
    }
}
