package io.freshet.api.produce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bodies of webhooks, byte for byte: see the README beside them. */
public final class Recorded {

    private Recorded() {}

    public static byte[] body(String name) {
        try {
            return Files.readAllBytes(Path.of("src/test/resources/webhooks", name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
