package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/dependencies.md says is raised above the platform is what pom.xml raises. */
class DependenciesTest {

    private static final Map<String, String> PROPERTIES = Map.of(
            "zstd-jni", "zstd.version",
            "snappy-java", "snappy.version",
            "lz4-java (at.yawk)", "lz4.version",
            "jackson", "jackson.version",
            "vertx-core", "vertx-core.version",
            "netty", "netty.version");

    @Test
    void shouldNameTheVersionsThatAreRaised() throws IOException {
        var documented = Pattern.compile("(?m)^\\| ([^|]+?) \\| [^|]+ \\| [^|]+ \\| ([^|]+?) \\| [^|]+ \\|$")
                .matcher(Files.readString(Path.of("docs/dependencies.md")))
                .results()
                .filter(row -> !row.group(1).equals("library"))
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        var pom = Files.readString(Path.of("pom.xml"));

        assertThat(documented)
                .isEqualTo(PROPERTIES.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, library -> version(pom, library.getValue()))));
    }

    private static String version(String pom, String property) {
        var value = Pattern.compile("<" + Pattern.quote(property) + ">(.+?)</").matcher(pom);
        assertThat(value.find()).as(property).isTrue();
        return value.group(1);
    }
}
