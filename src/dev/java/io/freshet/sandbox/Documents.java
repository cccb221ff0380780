package io.freshet.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** Things as Mode shows them. */
final class Documents {

    private static final String CREATOR = "/api/" + Contents.OWNER;

    private final String account;
    private final Contents contents;
    private final Hal hal;
    private final RunDocuments runs;

    Documents(String account, Contents contents, Hal hal) {
        this.account = account;
        this.contents = contents;
        this.hal = hal;
        this.runs = new RunDocuments(contents, hal);
    }

    ObjectNode dataSource(Place place) {
        var shown = named(Template.DATA_SOURCE, place).put("display_name", place.name());
        hal.link(shown, "self", "/data_sources/" + place.token());
        Optional.ofNullable(contents.connections.get(place.token())).ifPresent(connection -> connection.show(shown));
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
                .put("expected_runtime", runs.expectedRuntime(dataset.token()))
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
        shown.put("edited_at", Hal.time(dataset.editedAt())).put("last_saved_at", Hal.time(dataset.editedAt()));
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
        shown.put("archived", report.archived()).put("expected_runtime", runs.expectedRuntime(report.token()));
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
        return runs.run(run);
    }

    ObjectNode queryRun(SandboxRun run) {
        return runs.queryRun(run);
    }

    private ObjectNode whole(ObjectNode shown, String token, String description, Instant createdAt) {
        shown.put("created_at", Hal.time(createdAt)).put("edited_at", Hal.time(createdAt));
        shown.put("last_saved_at", Hal.time(createdAt)).put("account_username", account);
        shown.put("description", description);
        shown.withObject("/_forms/edit/input/report/name").set("value", shown.get("name"));
        shown.withObject("/_forms/edit/input/report/description").put("value", description);
        hal.link(shown, "self", "/reports/" + token);
        hal.link(shown, "account", "");
        hal.link(shown, "report_runs", "/reports/" + token + "/runs");
        runs.lastRuns(shown, token);
        Hal.linkTo(shown, "creator", CREATOR);
        return shown;
    }
}
