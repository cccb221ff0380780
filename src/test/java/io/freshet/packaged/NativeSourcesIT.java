package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * A native executable knows by name what it was told about and nothing else. What a builder would be told is here
 * without one, so that what is forgotten shows in every build.
 */
@DisabledIfSystemProperty(
        named = "freshet.executable",
        matches = ".+",
        disabledReason = "then the executable is built, and shows it")
class NativeSourcesIT {

    private static final String OAUTH = "org.apache.kafka.common.security.oauthbearer.";

    private final NativeSources sources = NativeSources.ofTheBuild();

    @Test
    void shouldKnowWhatTheApiReadsAndWrites() {
        var described = schemas();
        var types = new ClassFileImporter()
                .importPaths("target/classes/io/freshet/api", "target/classes/io/freshet/view").stream()
                        .filter(type -> type.isAssignableTo(Record.class) || type.isInterface())
                        .filter(type -> !type.getName().startsWith("io.freshet.view.") || isActivity(type))
                        .filter(type -> described.contains(name(type)))
                        .toList();

        assertThat(types.stream().map(NativeSourcesIT::name).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(described);
        assertThat(sources.open())
                .containsAll(types.stream().map(JavaClass::getName).toList());
    }

    /** The one kind of thing in the view that goes out as it is. */
    private static boolean isActivity(JavaClass type) {
        return type.getName().startsWith("io.freshet.view.Activity")
                && !type.getName().startsWith("io.freshet.view.ActivityFeed");
    }

    /** What OpenAPI describes; where two have the same name, it counts them. */
    private Set<String> schemas() {
        var schemas =
                sources.json("META-INF/quarkus-generated-openapi-doc.JSON").at("/components/schemas");
        return StreamSupport.stream(schemas.properties().spliterator(), false)
                .filter(schema -> schema.getValue().path("type").asText().equals("object"))
                .map(schema -> schema.getKey().replaceAll("\\d+$", ""))
                .collect(Collectors.toSet());
    }

    private static String name(JavaClass type) {
        var said = type.tryGetAnnotationOfType(Schema.class).map(Schema::name).orElse("");
        return said.isEmpty() ? type.getSimpleName() : said;
    }

    @Test
    void shouldHoldThePageAndTheDescriptionOfTheApi() throws IOException {
        var resources = Path.of("src/main/resources");
        try (var page = Files.walk(resources.resolve("META-INF/resources"))) {
            assertThat(page.filter(Files::isRegularFile)
                            .map(file -> resources.relativize(file).toString().replace('\\', '/')))
                    .isNotEmpty()
                    .allMatch(sources::holds);
        }
        assertThat(sources.holds("META-INF/quarkus-generated-openapi-doc.JSON")).isTrue();
    }

    /** What application.properties names is made by name. */
    @Test
    void shouldKnowWhatKafkaIsWiredWith() throws IOException {
        var wired = Pattern.compile("=(org\\.apache\\.kafka\\.\\S+)")
                .matcher(Files.readString(Path.of("src/main/resources/application.properties")))
                .results()
                .map(setting -> setting.group(1))
                .toList();

        assertThat(wired).hasSizeGreaterThan(5);
        assertThat(sources.instantiable()).containsAll(wired);
    }

    @Test
    void shouldKnowTheWaysToLogInToKafka() throws IOException {
        assertThat(sources.instantiable())
                .contains(
                        "org.apache.kafka.common.security.authenticator.DefaultLogin",
                        "org.apache.kafka.common.security.plain.PlainLoginModule",
                        "org.apache.kafka.common.security.scram.ScramLoginModule",
                        OAUTH + "OAuthBearerLoginModule",
                        OAUTH + "OAuthBearerLoginCallbackHandler",
                        OAUTH + "internals.OAuthBearerRefreshingLogin",
                        OAUTH + "DefaultJwtRetriever",
                        OAUTH + "DefaultJwtValidator",
                        OAUTH + "ClientJwtValidator");
        assertThat(sources.arguments())
                .filteredOn(argument -> argument.startsWith("-H:AdditionalSecurityProviders="))
                .singleElement()
                .asString()
                .contains("ScramSaslClientProvider", "OAuthBearerSaslClientProvider", "com.sun.security.sasl.Provider");
    }

    /** Each by its library for Linux, which is loaded when the executable runs. */
    @Test
    void shouldReadWhatIsCompressedWithSnappyAndZstd() throws IOException {
        var libraries = Stream.concat(
                        sources.entriesOf("zstd-jni").stream()
                                .filter(entry -> entry.matches("linux/(amd64|aarch64)/.+\\.so")),
                        sources.entriesOf("snappy-java").stream()
                                .filter(entry -> entry.matches(".+/Linux/(x86_64|aarch64)/.+\\.so")))
                .toList();

        assertThat(libraries).hasSize(4).allMatch(sources::holds);
        assertThat(sources.ourArguments())
                .contains(
                        "--initialize-at-run-time=org.xerial.snappy,com.github.luben.zstd,io.netty.internal.tcnative");
        for (var stream : List.of("ZstdInputStreamNoFinalizer", "ZstdOutputStreamNoFinalizer")) {
            for (var field : List.of("srcPos", "dstPos")) {
                assertThat(sources.letsNativeCodeUse("com.github.luben.zstd." + stream, field))
                        .as("%s.%s", stream, field)
                        .isTrue();
            }
        }
    }
}
