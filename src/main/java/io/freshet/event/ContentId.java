package io.freshet.event;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** An id that follows from the content, so that what is said twice can be told to be the same. */
final class ContentId {

    private ContentId() {}

    static String of(String content) {
        return UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
