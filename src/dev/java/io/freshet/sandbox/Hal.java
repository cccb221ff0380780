package io.freshet.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What all of Mode's documents have in common. */
final class Hal {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final String root;

    Hal(String account) {
        this.root = "/api/" + account;
    }

    /** Without a count of pages, and without a link to the next. */
    ObjectNode collection(String path, String key, List<ObjectNode> rows) {
        var collection = object();
        link(collection, "self", path);
        collection.putObject("_embedded").putArray(key).addAll(rows);
        return collection;
    }

    /** Mode goes on linking to a next page past the end. */
    ObjectNode counted(String path, String key, List<ObjectNode> rows, Page page, List<?> all) {
        var collection = collection(path, key, rows);
        link(collection, "next_page", path + "?page=" + (page.number() + 1));
        collection
                .putObject("pagination")
                .put("page", page.number())
                .put("per_page", page.size())
                .put("count", rows.size())
                .put("total_pages", page.pagesOf(all))
                .put("total_count", all.size());
        return collection;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Some of Mode's ids are numbers and some are decimal strings. */
    static ObjectNode named(ObjectNode shown, String token, int id, String name) {
        if (id % 2 == 0) {
            shown.put("id", id);
        } else {
            shown.put("id", Integer.toString(id));
        }
        return shown.put("token", token).put("name", name);
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    /** @param path within the account */
    void link(ObjectNode object, String name, String path) {
        linkTo(object, name, root + path);
    }

    static void linkTo(ObjectNode object, String name, String href) {
        object.withObject("/_links").putObject(name).put("href", href);
    }

    /** One that changes the thing without any input. */
    void form(ObjectNode object, String name, String path) {
        object.withObject("/_forms").putObject(name).put("method", "patch").put("action", root + path);
    }

    void refreshForm(ObjectNode object, String report, String dataset) {
        var refresh = object.putObject("_forms").putObject("refresh");
        refresh.put("method", "post").put("action", root + "/reports/" + report + "/runs");
        refresh.putObject("input").putArray("dataset_tokens").addObject().put("token", dataset);
    }
}
