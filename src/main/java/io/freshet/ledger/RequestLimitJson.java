package io.freshet.ledger;

import io.freshet.event.StoredForm;
import io.freshet.event.StoredObject;
import io.freshet.state.RequestLimit;
import java.io.IOException;
import java.time.Duration;

/** The stored form of what is left of a request limit. */
final class RequestLimitJson {

    private RequestLimitJson() {}

    static byte[] write(RequestLimit limit) {
        var json = StoredForm.begin();
        limit.<Object>fold(calling -> json.put("state", "calling"), handedOver -> {
            json.put("state", "handed_over").put("pause_ms", handedOver.pause().toMillis());
            var remaining = json.putArray("remaining_ms");
            handedOver.remaining().forEach(one -> remaining.add(one.toMillis()));
            return json;
        });
        return StoredForm.bytes(json);
    }

    /** What can't be read may have been a later call: it counts as calling. */
    static RequestLimit read(byte[] bytes) {
        try {
            var json = StoredForm.read(bytes);
            return json.text("state").equals("handed_over") ? readHandedOver(json) : new RequestLimit.Calling();
        } catch (IOException e) {
            return new RequestLimit.Calling();
        }
    }

    private static RequestLimit readHandedOver(StoredObject json) throws IOException {
        return new RequestLimit.HandedOver(
                json.numbers("remaining_ms").stream().map(Duration::ofMillis).toList(),
                Duration.ofMillis(json.number("pause_ms")));
    }
}
