package io.freshet.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever Mode answers is read, and what is kept of it stays small. */
class GarbageTest {

    private static final int MEGABYTE = 1_000_000;

    static Stream<String> garbage() {
        var random = new Random(7);
        var repeated = Stream.of(
                        "a",
                        ".",
                        "a.",
                        "'",
                        "\"",
                        "`",
                        "[",
                        "{",
                        "{{",
                        "}}",
                        "{%",
                        "%}",
                        "{{a}}",
                        "{{ @a }} ",
                        "='{{a}}'",
                        "'{{a}} \"",
                        ",'{{a}}'",
                        "in ('{{a}}' ",
                        "{%if a%} ",
                        "{%if a%}b",
                        "{%endif%}",
                        "{%for a in b%}",
                        "{%- a -%}",
                        "identifier(",
                        "identifier/* ",
                        "identifier('",
                        "table($",
                        "table(' ",
                        "call ",
                        "\ncall a",
                        "u&",
                        "$",
                        "${",
                        "\\",
                        "\\u",
                        "\\n",
                        "\\x4",
                        "/*!5",
                        "/*",
                        "--",
                        "*",
                        "*`",
                        ".*`",
                        "a.b*` ",
                        "a.a ",
                        "e\u0301 ",
                        "\u0301\u0316",
                        "\uD800",
                        "\uD835\uDC9C ",
                        "İ",
                        "\u200b",
                        "\uFDFA",
                        "1 ",
                        "1.",
                        "\u0000",
                        "a b ",
                        "@",
                        "#",
                        "exec")
                .map(piece -> piece.repeat(MEGABYTE / piece.length()));
        var anything = IntStream.of(128, 256, 0x3000, 0x10000, 0x110000)
                .mapToObj(bound -> random.ints(MEGABYTE / 2, 0, bound)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
        var words = IntStream.of(2, 4, 400).mapToObj(length -> IntStream.range(0, MEGABYTE / (length + 3))
                .mapToObj(n -> Integer.toString(random.nextInt(36 * 36), 36).repeat(length / 2))
                .collect(Collectors.joining(".")));
        return Stream.of(repeated, anything, words).flatMap(texts -> texts);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("garbage")
    void shouldReadAnyTextAndKeepLittleOfIt(String text) {
        var tables = SqlTables.of(text);

        assertThat(tables.names().length() + tables.prefixes().length()).isLessThan(600_000);
        assertThat(tables.names().lines().count()).isLessThan(20_010);
        assertThat(tables.withDefinitions(Map.of("a", tables))
                        .mentions(new TableName(Optional.empty(), Optional.empty(), "orders")))
                .isNotNull();
    }
}
