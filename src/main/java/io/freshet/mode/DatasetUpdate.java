package io.freshet.mode;

import java.util.Optional;

/** What is to be changed of a dataset; what is absent stays as it is. */
public record DatasetUpdate(Optional<String> name, Optional<String> description, Optional<String> spaceToken) {

    byte[] body() {
        var body = LenientJson.newObject();
        var report = body.putObject("report");
        name.ifPresent(value -> report.put("name", value));
        description.ifPresent(value -> report.put("description", value));
        spaceToken.ifPresent(value -> report.put("space_token", value));
        return LenientJson.bytes(body);
    }
}
