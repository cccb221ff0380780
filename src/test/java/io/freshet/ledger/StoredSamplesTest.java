package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.event.StoredForm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was ever written can be read, and nothing else is written than what there is a sample of. */
class StoredSamplesTest {

    private final ObjectMapper mapper = new ObjectMapper();

    static Set<String> files() {
        return StoredSamples.all().keySet();
    }

    static Set<String> filesOfToday() {
        return StoredSamples.today().keySet();
    }

    private JsonNode json(String file) throws IOException {
        return mapper.readTree(StoredSamples.bytes(file));
    }

    private Object read(String file, JsonNode json) throws IOException {
        return StoredSamples.read(StoredSamples.kind(file), mapper.writeValueAsBytes(json));
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldReadWhatWasEverWritten(String file) throws IOException {
        assertThat(StoredSamples.read(StoredSamples.kind(file), StoredSamples.bytes(file)))
                .isEqualTo(StoredSamples.reading(file));
    }

    /** If this fails, the form has changed: raise {@link StoredForm#VERSION}, and let the new form have its own samples. */
    @ParameterizedTest
    @MethodSource("filesOfToday")
    void shouldWriteTheFormOfToday(String file) throws IOException {
        var written = StoredSamples.write(StoredSamples.meaning(file));

        assertThat(mapper.readTree(written)).isEqualTo(json(file));
    }

    @Test
    void shouldHaveSamplesOfEveryKindInTheFormOfToday() {
        assertThat(filesOfToday().stream().map(StoredSamples::kind))
                .contains("report", "change", "batch", "fact", "limit", "layout");
    }

    @Test
    void shouldSayWhatEveryFileMeans() throws IOException {
        try (var files = Files.walk(StoredSamples.FILES)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> StoredSamples.FILES.relativize(file).toString())
                            .collect(Collectors.toSet()))
                    .isEqualTo(files());
        }
    }

    @ParameterizedTest
    @MethodSource("filesOfToday")
    void shouldIgnoreWhatALaterVersionAdds(String file) throws IOException {
        var later = (ObjectNode) json(file);
        addEverywhere(later);
        later.put("v", StoredForm.VERSION + 1);

        assertThat(read(file, later)).isEqualTo(StoredSamples.reading(file));
    }

    private static void addEverywhere(JsonNode json) {
        json.forEach(StoredSamplesTest::addEverywhere);
        if (json instanceof ObjectNode object) {
            object.putObject("later").put("added", 1);
        }
    }

    @ParameterizedTest
    @MethodSource("filesOfToday")
    void shouldRefuseWhatOnlyALaterVersionMayRead(String file) throws IOException {
        var later = (ObjectNode) json(file);
        later.put("v", StoredForm.VERSION + 2).put("min_reader", StoredForm.VERSION + 1);

        assertThatThrownBy(() -> read(file, later))
                .hasMessageContaining(
                        "it is for version %d of the stored form and later, and this replica reads up to version %d",
                        StoredForm.VERSION + 1, StoredForm.VERSION);
    }
}
