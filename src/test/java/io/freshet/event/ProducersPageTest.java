package io.freshet.event;

import static io.freshet.event.Arrivals.ACME;
import static io.freshet.event.Arrivals.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/producers.md says of each spelling is true. */
class ProducersPageTest {

    private static final String CHANGE = "{\"data_source\": \"843786b025e5\"}";
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(.+?)`([\\w ]*) \\| (taken|refused) \\|");
    private static final Pattern HEADER = Pattern.compile("((?:cloudEvents:)?[\\w-]+): (.*)");
    private static final Pattern BYTES = Pattern.compile("(?:[0-9A-F]{2} )+[0-9A-F]{2}");

    /** An example of the page. */
    record Row(String example, boolean isTaken) {}

    static Stream<Row> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("docs/producers.md")))
                .results()
                .map(row -> new Row(row.group(1), row.group(3).equals("taken")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldBeAsThePageSays(Row row) {
        var decoded = new EventReader().readChange(record(row.example()), ACME, NOW);

        assertThat(decoded instanceof Decoded.Usable)
                .as(row.example() + ": " + decoded)
                .isEqualTo(row.isTaken());
    }

    @Test
    void shouldHaveExamplesOfEachKind() throws IOException {
        assertThat(rows().filter(Row::isTaken)).hasSizeGreaterThan(15);
        assertThat(rows().filter(row -> !row.isTaken())).hasSizeGreaterThan(15);
    }

    private static InboundRecord record(String example) {
        if (Stream.of("{", "[", "\"", "Struct").anyMatch(example::startsWith)) {
            return Arrivals.plain(example);
        }
        if (BYTES.matcher(example).matches()) {
            return behind(HexFormat.ofDelimiter(" ").withUpperCase().parseHex(example));
        }
        var header = HEADER.matcher(example);
        return header.matches() ? with(header.toMatchResult()) : Arrivals.plain(changedAt(example));
    }

    private static InboundRecord behind(byte[] begin) {
        var value = Arrivals.plain(CHANGE);
        var bytes = Objects.requireNonNull(value.value());
        var all = new byte[begin.length + bytes.length];
        System.arraycopy(begin, 0, all, 0, begin.length);
        System.arraycopy(bytes, 0, all, begin.length, bytes.length);
        return Arrivals.of(all);
    }

    /** In place of the attribute of that name, or beside the others. */
    private static InboundRecord with(MatchResult header) {
        var name = header.group(1);
        var usual = "ce_" + name.toLowerCase(Locale.ROOT).replaceFirst("^(ce[-_]|cloudevents:)", "");
        var record = Arrivals.binary(CHANGE);
        var headers = new RecordHeaders(record.headers()).remove(usual);
        headers.add(name, Arrivals.utf8(header.group(2)));
        return new InboundRecord(record.topic(), 3, 42, record.timestamp(), null, record.value(), headers);
    }

    private static String changedAt(String time) {
        var isNumber = time.matches("\\d+");
        return CHANGE.replace("}", ", \"changed_at\": " + (isNumber ? time : '"' + time + '"') + "}");
    }
}
