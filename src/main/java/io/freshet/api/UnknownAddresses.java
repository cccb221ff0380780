package io.freshet.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Below the API's address what isn't there is a problem like any other, and no page. */
@ApplicationScoped
class UnknownAddresses {

    private static final Problem NOTHING = Problem.of(404, "Nothing is at this address: see /q/openapi.");

    /** Asked last, so that whoever knows the address answers. */
    void answer(@Observes Router router) {
        var body = new JsonObject()
                .put("title", NOTHING.title())
                .put("status", NOTHING.status())
                .put("detail", NOTHING.detail())
                .encode();
        router.route("/api/*").last().handler(asked -> asked.response()
                .setStatusCode(NOTHING.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.TYPE)
                .end(body));
    }
}
