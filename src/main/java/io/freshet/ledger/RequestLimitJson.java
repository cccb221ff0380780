package io.freshet.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.state.RequestLimit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;

/** The stored form of what is left of a request limit: {@code {"v", "state", "remaining_ms", "pause_ms"}}. */
final class RequestLimitJson {

    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private RequestLimitJson() {}

    static byte[] write(RequestLimit limit) {
        var json = MAPPER.createObjectNode().put("v", VERSION);
        limit.<Object>fold(calling -> json.put("state", "calling"), handedOver -> {
            json.put("state", "handed_over");
            json.put("pause_ms", handedOver.pause().toMillis());
            var remaining = json.putArray("remaining_ms");
            handedOver.remaining().forEach(one -> remaining.add(one.toMillis()));
            return json;
        });
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a tree of numbers that can't be written", e);
        }
    }

    /** What can't be read may have been a later call: it counts as calling. */
    static RequestLimit read(byte[] bytes) {
        try {
            var json = MAPPER.readTree(bytes);
            if (json.path("v").asInt() != VERSION
                    || !json.path("state").asText().equals("handed_over")) {
                return new RequestLimit.Calling();
            }
            var remaining = new ArrayList<Duration>();
            json.path("remaining_ms").forEach(one -> remaining.add(Duration.ofMillis(one.asLong())));
            return new RequestLimit.HandedOver(
                    remaining, Duration.ofMillis(json.path("pause_ms").asLong()));
        } catch (IOException e) {
            return new RequestLimit.Calling();
        }
    }
}
