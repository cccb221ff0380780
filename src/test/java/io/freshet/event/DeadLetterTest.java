package io.freshet.event;

import static io.freshet.event.Arrivals.header;
import static io.freshet.event.Arrivals.names;
import static io.freshet.event.Arrivals.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    private static final byte[] KEY = {0, 1, (byte) 0xff};
    private static final byte[] VALUE = {(byte) 0xc3, (byte) 0x28, 0, '{'};

    @Test
    void shouldKeepKeyAndValueByteForByte() {
        var arrival = arrival("b", "2");

        var letter = DeadLetter.of("dlq", arrival, "not_json", "The value is no UTF-8 text.");

        assertThat(letter.topic()).isEqualTo("dlq");
        assertThat(letter.partition()).isNull();
        assertThat(letter.key()).isEqualTo(KEY);
        assertThat(letter.value()).isEqualTo(VALUE);
    }

    @Test
    void shouldKeepHeadersInOrderAndAddTheReasonBehindThem() {
        var arrival = arrival("b", "2", "a", "1", "b", "3");

        var letter = DeadLetter.of("dlq", arrival, "not_json", "The value is no UTF-8 text.");

        assertThat(names(letter))
                .containsExactly(
                        "b",
                        "a",
                        "b",
                        "dead-letter-code",
                        "dead-letter-reason",
                        "dead-letter-topic",
                        "dead-letter-partition",
                        "dead-letter-offset");
        assertThat(letter.headers().headers("b"))
                .extracting(header -> header.value())
                .containsExactly(utf8("2"), utf8("3"));
        assertThat(header(letter, "dead-letter-code")).isEqualTo("not_json");
        assertThat(header(letter, "dead-letter-reason")).isEqualTo("The value is no UTF-8 text.");
        assertThat(header(letter, "dead-letter-topic")).isEqualTo("upstream-data-changed");
        assertThat(header(letter, "dead-letter-partition")).isEqualTo("3");
        assertThat(header(letter, "dead-letter-offset")).isEqualTo("42");
    }

    @Test
    void shouldTellTheReasonOnceWhereARecordDiesAgain() {
        var arrival = arrival("a", "1", "dead-letter-code", "earlier", "dead-letter-reason", "Earlier.");

        var letter = DeadLetter.of("dlq", arrival, "bad_token", "Later.");

        assertThat(names(letter))
                .containsOnlyOnce("dead-letter-code", "dead-letter-reason")
                .startsWith("a");
        assertThat(header(letter, "dead-letter-code")).isEqualTo("bad_token");
    }

    @Test
    void shouldKeepARecordThatHasNothing() {
        var letter = DeadLetter.of("dlq", Arrivals.withoutValue(), "not_json", "The record has no value.");

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
    }

    @Test
    void shouldShortenAReasonThatIsTooLong() {
        var letter = DeadLetter.of("dlq", arrival(), "not_json", "x".repeat(10_000));

        assertThat(header(letter, "dead-letter-reason")).hasSize(500).endsWith("…");
    }

    @Test
    void shouldLeaveAValueThatDoesNotFitWhereItCameFrom() {
        var letter = DeadLetter.withoutValue("dlq", arrival("a", "1"), "not_json", "x".repeat(10_000));

        assertThat(letter.value()).isNull();
        assertThat(letter.key()).isEqualTo(KEY);
        assertThat(names(letter)).startsWith("a", "dead-letter-code");
        assertThat(header(letter, "dead-letter-reason"))
                .hasSizeLessThanOrEqualTo(500)
                .contains("Its value of 4 bytes doesn't fit")
                .contains("max.message.bytes");
        assertThat(header(letter, "dead-letter-offset")).isEqualTo("42");
    }

    @Test
    void shouldSayWhereItLayThoughNothingOfItIsLeft() {
        var place = arrival("a", "1").place();

        var letter = DeadLetter.placeOnly("dlq", place, "data_source_not_found", "It is gone.");

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(names(letter))
                .containsExactly(
                        "dead-letter-code",
                        "dead-letter-reason",
                        "dead-letter-topic",
                        "dead-letter-partition",
                        "dead-letter-offset");
        assertThat(header(letter, "dead-letter-code")).isEqualTo("data_source_not_found");
        assertThat(header(letter, "dead-letter-offset")).isEqualTo("42");
    }

    private static InboundRecord arrival(String... headers) {
        var all = new RecordHeaders(Arrivals.of(VALUE, headers).headers());
        return new InboundRecord("upstream-data-changed", 3, 42, Arrivals.RECORDED_AT, KEY, VALUE, all);
    }
}
