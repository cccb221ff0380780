package io.freshet.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** What else is installed where the tests run. */
public final class Programs {

    private Programs() {}

    public static boolean areThere(String... names) {
        return Stream.of(names).allMatch(Programs::isThere);
    }

    private static boolean isThere(String name) {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    }
}
