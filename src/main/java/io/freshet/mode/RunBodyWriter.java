package io.freshet.mode;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Clock;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ClientMessageBodyWriter;

/**
 * Looks at the time when a connection is there and nothing is left but to write the request: connecting, or waiting for
 * a connection, may have taken long. A customizer of the request comes as late, but it can't know of one call's deadline.
 */
final class RunBodyWriter implements ClientMessageBodyWriter<RunBody> {

    private static final String TOO_LATE =
            "it took too long to connect, and by now it could be taken for a POST that was never answered";

    private final Clock clock;

    RunBodyWriter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == RunBody.class;
    }

    @Override
    public void writeTo(
            RunBody body,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream to,
            RestClientRequestContext call)
            throws IOException {
        if (clock.instant().isAfter(body.notAfter())) {
            CallOff.now(call.getHttpClientRequest(), new PermitExpired(TOO_LATE));
        }
        writeTo(body, type, genericType, annotations, mediaType, headers, to);
    }

    @Override
    public void writeTo(
            RunBody body,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream to)
            throws IOException {
        to.write(body.bytes());
    }
}
