package io.freshet.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Things as Mode shows them. */
final class Documents {

    private static final String CREATOR = "/api/nora_bek";

    private final String account;
    private final Contents contents;
    private final Hal hal;

    Documents(String account, Contents contents, Hal hal) {
        this.account = account;
        this.contents = contents;
        this.hal = hal;
    }

    ObjectNode dataSource(Place place) {
        var shown = named(Template.DATA_SOURCE, place).put("display_name", place.name());
        hal.link(shown, "self", "/data_sources/" + place.token());
        return shown;
    }

    /** Asked for as a space, it answers as a collection. */
    ObjectNode space(Place place) {
        var shown = named(Template.SPACE, place);
        hal.link(shown, "self", "/collections/" + place.token());
        Hal.linkTo(shown, "creator", CREATOR);
        return shown;
    }

    private ObjectNode named(Template template, Place place) {
        return Hal.named(template.of(account, place.token()), place.token(), place.id(), place.name());
    }

    ObjectNode dataset(Dataset dataset) {
        var shown = datasetRow(dataset)
                .put("archived", dataset.archived())
                .put("expected_runtime", expectedRuntime(dataset.token()))
                .put("chart_count", 0)
                .put("drill_anywhere_enabled", false)
                .put("max_query_count", 160)
                .putNull("published_at");
        hal.form(shown, "archive", "/reports/" + dataset.token() + "/archive");
        hal.form(shown, "unarchive", "/reports/" + dataset.token() + "/unarchive");
        return shown;
    }

    ObjectNode datasetRow(Dataset dataset) {
        var template = Template.DATASET.of(account, dataset.token(), dataset.space());
        Hal.named(template, dataset.token(), dataset.id(), dataset.name()).put("type", "DatasetReport");
        var shown = whole(template, dataset.token(), dataset.description(), dataset.createdAt());
        shown.put("updated_at", Hal.time(dataset.updatedAt()));
        shown.put("collection_token", dataset.space()).put("space_token", dataset.space());
        shown.put("is_sample", false).put("max_query_count", 1).put("switch_view_token", dataset.token());
        shown.put(
                "collection_name",
                Optional.ofNullable(contents.spaces.get(dataset.space()))
                        .map(Place::name)
                        .orElse(null));
        hal.link(shown, "space", "/collections/" + dataset.space());
        return shown;
    }

    ObjectNode report(Report report) {
        var template = Template.REPORT.of(account, report.token(), report.space());
        Hal.named(template, report.token(), report.id(), report.name()).put("type", "Report");
        var shown = whole(template, report.token(), "", report.createdAt());
        shown.put("updated_at", Hal.time(report.createdAt()));
        shown.put("archived", report.archived()).put("expected_runtime", expectedRuntime(report.token()));
        shown.put("space_token", report.space()).put("chart_count", 3);
        hal.link(shown, "space", "/collections/" + report.space());
        var imported = shown.putArray("imported_datasets");
        contents.datasetsOf(report).forEach(dataset -> {
            var row = imported.addObject().put("name", dataset.name()).put("token", dataset.token());
            hal.link(row, "report", "/reports/" + report.token());
            hal.link(row, "source_dataset", "/reports/" + dataset.token());
            hal.refreshForm(row, report.token(), dataset.token());
        });
        return shown;
    }

    /** A report in the listing of a dataset, which shows no more of it. */
    ObjectNode projection(Report report) {
        var shown = Hal.object().put("token", report.token()).put("name", report.name());
        shown.put("creator", CREATOR);
        hal.link(shown, "self", "/reports/" + report.token());
        hal.link(shown, "report_runs", "/reports/" + report.token() + "/runs");
        return shown;
    }

    ObjectNode run(SandboxRun run) {
        var runs = contents.runs.of(run.report());
        var end = oddEnd(run);
        var completedAt = end.isPresent() && !end.get().hasTime() ? Optional.<Instant>empty() : run.completedAt();
        var shown = Hal.object().put("token", run.token());
        shown.put("state", end.map(OddEnd::state).orElse(run.state()));
        shown.put("created_at", stamp(run.createdAt()));
        shown.put("updated_at", stamp(completedAt.orElse(run.createdAt())));
        shown.put("completed_at", completedAt.map(this::stamp).orElse(null));
        shown.putNull("purge_started_at").putNull("purge_completed_at");
        shown.put("python_state", end.map(OddEnd::pythonState).orElse("none"));
        shown.putObject("parameters");
        shown.putArray("form_fields");
        shown.put("is_latest_report_run", isFirst(run, runs));
        shown.put("is_latest_successful_report_run", isFirst(run, succeeded(runs)));
        hal.link(shown, "self", address(run));
        hal.link(shown, "report", "/reports/" + run.report());
        hal.link(shown, "account", "");
        Hal.linkTo(shown, "executed_by", "/api/" + run.executedBy());
        hal.link(shown, "query_runs", address(run) + "/query_runs");
        return shown;
    }

    private Optional<OddEnd> oddEnd(SandboxRun run) {
        return run.completedAt().flatMap(end -> Optional.ofNullable(contents.oddEnds.get(run.report())));
    }

    private String stamp(Instant at) {
        return Hal.time(at.plus(contents.stampsAhead));
    }

    private ObjectNode whole(ObjectNode shown, String token, String description, Instant createdAt) {
        var runs = contents.runs.of(token);
        var good = succeeded(runs).stream().findFirst();
        shown.put("created_at", Hal.time(createdAt)).put("edited_at", Hal.time(createdAt));
        shown.put("last_saved_at", Hal.time(createdAt)).put("account_username", account);
        shown.put("description", description).put("runs_count", runs.size());
        shown.withObject("/_forms/edit/input/report/name").set("value", shown.get("name"));
        shown.withObject("/_forms/edit/input/report/description").put("value", description);
        // It tells when the last run started, but when the last good one ended.
        shown.put(
                "last_run_at",
                runs.stream().findFirst().map(run -> stamp(run.createdAt())).orElse(null));
        shown.put(
                "last_successfully_run_at",
                good.flatMap(SandboxRun::completedAt).map(this::stamp).orElse(null));
        shown.put("last_successful_run_token", good.map(SandboxRun::token).orElse(null));
        hal.link(shown, "self", "/reports/" + token);
        hal.link(shown, "account", "");
        hal.link(shown, "report_runs", "/reports/" + token + "/runs");
        runs.stream().findFirst().ifPresent(run -> hal.link(shown, "last_run", address(run)));
        good.ifPresent(run -> hal.link(shown, "last_successful_run", address(run)));
        Hal.linkTo(shown, "creator", CREATOR);
        return shown;
    }

    private static String address(SandboxRun run) {
        return "/reports/" + run.report() + "/runs/" + run.token();
    }

    /** In seconds: what a test has said, or else as the last good run took; null where there is neither. */
    private @Nullable Double expectedRuntime(String token) {
        return Optional.ofNullable(contents.expectedRuntimes.get(token))
                .or(() -> succeeded(contents.runs.of(token)).stream()
                        .findFirst()
                        .flatMap(run -> run.completedAt().map(end -> Duration.between(run.createdAt(), end))))
                .map(took -> took.toMillis() / 1000.0)
                .orElse(null);
    }

    private List<SandboxRun> succeeded(List<SandboxRun> runs) {
        return runs.stream()
                .filter(SandboxRun::hasSucceeded)
                .filter(run -> oddEnd(run).isEmpty())
                .toList();
    }

    private static boolean isFirst(SandboxRun run, List<SandboxRun> runs) {
        return runs.stream()
                .findFirst()
                .map(SandboxRun::token)
                .filter(run.token()::equals)
                .isPresent();
    }
}
