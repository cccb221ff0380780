package io.freshet.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One request for the contents of the workspace. */
final class Routes {

    private static final String ROWS = "reports"; // datasets too: to Mode they are reports

    private final Ask ask;
    private final String account;
    private final Contents contents;
    private final Hal hal;
    private final Documents documents;
    private final SqlDocuments sql;

    Routes(Ask ask, String account, Contents contents) {
        this.ask = ask;
        this.account = account;
        this.contents = contents;
        this.hal = new Hal(account);
        this.documents = new Documents(account, contents, hal);
        this.sql = new SqlDocuments(account, contents, hal);
    }

    static Answer answer(Ask ask, String account, SandboxWorkspace workspace) {
        try {
            return workspace.locked(contents -> new Routes(ask, account, contents).route());
        } catch (Refused refused) {
            return refused.answer();
        }
    }

    private Answer route() {
        return switch (ask.shape()) {
            case "GET verify" -> verify();
            case "GET data_sources" -> all("data_sources", contents.dataSources, documents::dataSource);
            case "GET spaces" -> all("spaces", contents.spaces, documents::space);
            case "GET data_sources/*/datasets" -> datasets(contents.datasetsOfDataSource(dataSource()));
            case "GET spaces/*/datasets" -> datasets(contents.datasetsOfSpace(space()));
            case "GET spaces/*/reports" -> reports(contents.reportsOfSpace(space()), documents::report);
            case "GET datasets/*/reports" -> reports(contents.reportsOf(dataset()), documents::projection);
            case "GET datasets/*" -> Answer.hal(200, documents.dataset(dataset()));
            case "PATCH datasets/*" -> update();
            case "DELETE datasets/*" -> delete();
            case "GET reports/*" -> isDataset() ? Answer.hal(200, documents.dataset(dataset())) : report();
            case "GET reports/*/queries" -> queries();
            case "GET definitions" -> definitions();
            default -> new RunRoutes(ask, contents, hal, documents).route();
        };
    }

    private Answer verify() {
        return Answer.hal(
                200,
                Hal.object()
                        .put("workspace", account)
                        .put("workspace_token", "5a0db0c5a0db")
                        .put("api_key_scope", "workspace"));
    }

    /** Lists that take no notice of {@code page}. */
    private Answer all(String key, Map<String, Place> places, Function<Place, ObjectNode> shown) {
        return Answer.hal(
                200,
                hal.collection(
                        "/" + key, key, places.values().stream().map(shown).toList()));
    }

    /** The queries of a report that is no dataset are of no interest here. */
    private Answer queries() {
        var shown = isDataset() ? List.of(sql.query(dataset())) : List.<ObjectNode>of();
        return Answer.hal(200, hal.collection("/reports/" + ask.token() + "/queries", "queries", shown));
    }

    private Answer definitions() {
        var shown = contents.definitions.values().stream().map(sql::definition).toList();
        var all = hal.collection("/definitions", "definitions", shown);
        all.putObject("_forms")
                .putObject("create")
                .put("method", "post")
                .put("action", "/api/" + account + "/definitions");
        return Answer.hal(200, all);
    }

    private Answer datasets(List<Dataset> all) {
        var page = ask.page(Page.LARGEST).ofFixedSize();
        return page(contents.repeatsRows ? page.overlapping(all) : page.of(all), documents::datasetRow);
    }

    private Answer reports(List<Report> all, Function<Report, ObjectNode> shown) {
        return page(ask.page(Page.LARGEST).ofFixedSize().of(all), shown);
    }

    private <T> Answer page(List<T> rows, Function<T, ObjectNode> shown) {
        // Asked for as a space, it answers as a collection.
        var path = ("/" + String.join("/", ask.segments())).replaceFirst("^/spaces/", "/collections/");
        var answer = contents.listed(
                hal.collection(path, ROWS, rows.stream().map(shown).toList()), ROWS, ask.page(Page.LARGEST));
        contents.shown(ask.page(Page.LARGEST));
        return answer;
    }

    private Answer update() {
        var dataset = dataset();
        var wanted = Body.report(ask.body());
        var space = Body.text(wanted, "space_token");
        if (space.isPresent() && !contents.spaces.containsKey(space.get())) {
            throw Refused.badRequest("Invalid space");
        }
        var changed =
                dataset.changed(Body.text(wanted, "name"), Body.text(wanted, "description"), space, contents.now());
        contents.datasets.put(dataset.token(), changed);
        return Answer.hal(200, documents.dataset(changed)).withEffect();
    }

    private Answer delete() {
        contents.datasets.remove(dataset().token());
        return Answer.empty(200).withEffect();
    }

    private Answer report() {
        return Answer.hal(200, documents.report(contents.visibleReport(ask.token())));
    }

    private boolean isDataset() {
        return contents.datasets.containsKey(ask.token());
    }

    private Place dataSource() {
        return found(contents.dataSources, "data source not found");
    }

    private Place space() {
        return found(contents.spaces, "space not found");
    }

    private Dataset dataset() {
        return found(contents.datasets, "dataset not found");
    }

    private <T> T found(Map<String, T> shelf, String otherwise) {
        return Optional.ofNullable(shelf.get(ask.token())).orElseThrow(() -> Refused.notFound(otherwise));
    }
}
