package io.freshet.api.admin;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has asked this replica, to be passed on as it is.
 *
 * @param address path and query
 */
record AskedRequest(HttpMethod method, String address, MultiMap headers, Buffer body) {

    static AskedRequest of(HttpServerRequest request, byte @Nullable [] body) {
        var query = request.query() == null ? "" : '?' + request.query();
        return new AskedRequest(
                request.method(),
                request.path() + query,
                request.headers(),
                body == null ? Buffer.buffer() : Buffer.buffer(body));
    }
}
