package io.freshet.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** SQL as Mode shows it. */
final class SqlDocuments {

    private final String account;
    private final Contents contents;
    private final Hal hal;

    SqlDocuments(String account, Contents contents, Hal hal) {
        this.account = account;
        this.contents = contents;
        this.hal = hal;
    }

    /** The one query of a dataset. */
    ObjectNode query(Dataset dataset) {
        var token = "9e" + dataset.token().substring(2);
        var shown = Hal.named(Template.QUERY.of(account, dataset.token()), token, dataset.id(), "Query 1");
        shown.put("raw_query", dataset.sql().orElse(null)).put("data_source_id", dataSource(dataset));
        shown.put("created_at", Hal.time(dataset.createdAt())).put("updated_at", Hal.time(dataset.updatedAt()));
        var path = "/reports/" + dataset.token();
        hal.link(shown, "self", path + "/queries/" + token);
        hal.link(shown, "query_runs", path + "/queries/" + token + "/runs");
        return shown;
    }

    private int dataSource(Dataset dataset) {
        return Optional.ofNullable(contents.dataSources.get(dataset.dataSource()))
                .map(Place::id)
                .orElse(0);
    }

    ObjectNode definition(SqlDefinition definition) {
        var template = Template.DEFINITION.of(account, definition.token());
        var shown = Hal.named(template, definition.token(), definition.id(), definition.name());
        var at = Hal.time(definition.savedAt());
        shown.put("source", definition.source()).put("created_at", at).put("updated_at", at);
        return shown.put("last_saved_at", at);
    }
}
