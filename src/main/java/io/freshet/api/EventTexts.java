package io.freshet.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.view.ActivityFeed.Numbered;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spells events as {@code text/event-stream} has them, each once, however many look. */
final class EventTexts {

    /** So many of those that have happened stay spelled: those that a reader may ask for again, and as many that come. */
    private static final int KEPT = 400;

    private final ObjectMapper json;
    private final Map<Long, byte[]> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > KEPT;
        }
    };
    private @Nullable Status last;
    private byte[] lastText = {};

    EventTexts(ObjectMapper json) {
        this.json = json;
    }

    synchronized byte[] status(Status status) {
        if (!status.equals(last)) {
            lastText = text("", "status", status);
            last = status;
        }
        return lastText;
    }

    /** All of them, as one text. */
    synchronized byte[] happened(List<Numbered> together) {
        var all = new ByteArrayOutputStream();
        together.forEach(one -> all.writeBytes(known.computeIfAbsent(one.number(), first -> text(one))));
        return all.toByteArray();
    }

    private byte[] text(Numbered one) {
        return text("id:" + one.number() + "\n", one.activity().what(), one.activity());
    }

    private byte[] text(String id, String name, Object data) {
        try {
            return (id + "event:" + name + "\ndata:" + json.writeValueAsString(data) + "\n\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("all that is shown is plain data", e);
        }
    }
}
