package io.freshet.api.produce;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** In which of three forms a request brings changes, as its content-type says. */
enum RequestForm {
    /** A change; with headers {@code ce-*}, a CloudEvent in binary mode. */
    JSON("application/json"),
    /** A CloudEvent in structured mode. */
    EVENT("application/cloudevents+json"),
    /** An array of such. */
    BATCH("application/cloudevents-batch+json");

    private final String mediaType;

    RequestForm(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** Empty where nothing is said, too: a web page could send that for somebody. */
    static Optional<RequestForm> of(@Nullable String contentType) {
        var said =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        for (var form : values()) {
            if (form.mediaType.equals(said)) {
                return Optional.of(form);
            }
        }
        return Optional.empty();
    }
}
