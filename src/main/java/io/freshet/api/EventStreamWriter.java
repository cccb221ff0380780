package io.freshet.api;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Writes a piece of several events at once, and takes the next when the network has taken it. What the framework does with a
 * {@code Multi} renders each event for each reader, and writes each by itself.
 */
@Provider
@Produces(MediaType.SERVER_SENT_EVENTS)
public class EventStreamWriter implements ServerMessageBodyWriter<EventStream> {

    private static final Logger LOG = Logger.getLogger(EventStreamWriter.class);
    /** Tells clients of Quarkus what the data of the events are. */
    private static final String TYPE_OF_DATA = "X-SSE-Content-Type";

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo method, MediaType mediaType) {
        return type == EventStream.class;
    }

    @Override
    public void writeResponse(EventStream events, Type generic, ServerRequestContext context) {
        var response = context.serverResponse()
                .setResponseHeader(HttpHeaders.CONTENT_TYPE, MediaType.SERVER_SENT_EVENTS)
                .setResponseHeader(TYPE_OF_DATA, MediaType.APPLICATION_JSON)
                .setChunked(true);
        var writing = events.pieces()
                .onItem()
                .transformToUniAndConcatenate(piece -> Uni.createFrom().completionStage(() -> response.write(piece)))
                .subscribe()
                .with(written -> {}, failure -> fail(response, failure), response::end);
        response.addCloseHandler(writing::cancel);
    }

    private static void fail(ServerHttpResponse response, Throwable failure) {
        if (response.closed()) {
            LOG.debug("a reader of events has gone", failure);
        } else {
            LOG.error("a stream of events ends: its reader will connect again", failure);
            response.end();
        }
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == EventStream.class;
    }

    @Override
    public void writeTo(
            EventStream events,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream to) {
        throw new IllegalStateException("a stream of events is written as it comes, and passes no interceptor");
    }
}
