package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class StoredDeadLetterTest {

    private static final String TOPIC = "upstream-data-changed-dlq";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A record as the broker hands it back. */
    private static InboundRecord read(ProducerRecord<byte[], byte[]> written, long offset) {
        return new InboundRecord(
                written.topic(), 2, offset, Instant.EPOCH, written.key(), written.value(), written.headers());
    }

    private static InboundRecord change() {
        var headers = new RecordHeaders();
        headers.add("trace", new byte[] {0, -1});
        headers.add("trace", null);
        return new InboundRecord(
                "upstream-data-changed", 5, 41, Instant.EPOCH, bytes("key"), bytes("no JSON"), headers);
    }

    private static StoredDeadLetter deadLetter(InboundRecord arrival, long offset) {
        return StoredDeadLetter.of(read(DeadLetter.of(TOPIC, arrival, "not_json", "No JSON."), offset));
    }

    private static List<Header> headers(ProducerRecord<?, ?> record) {
        return List.of(record.headers().toArray());
    }

    @Test
    void shouldReadWhatWasWritten() {
        var letter = deadLetter(change(), 17);

        assertThat(letter.code()).isEqualTo("not_json");
        assertThat(letter.reason()).isEqualTo("No JSON.");
        assertThat(letter.topic()).isEqualTo("upstream-data-changed");
        assertThat(letter.redrives()).isZero();
        assertThat(letter.isNote()).isFalse();
        assertThat(letter.redriven()).isEmpty();
    }

    private static StoredDeadLetter withValue(String value) {
        return StoredDeadLetter.of(
                new InboundRecord(TOPIC, 0, 0, Instant.EPOCH, null, bytes(value), new RecordHeaders()));
    }

    @Test
    void shouldSayWhichWorkspaceIsMeantIfThatCanBeRead() {
        assertThat(withValue("{\"account\": \"acme\"}").account()).contains("acme");
        assertThat(withValue("{\"id\": \"1\", \"data\": {\"account\": \"acme\"}}")
                        .account())
                .contains("acme");
        assertThat(withValue("{\"account\": 1}").account()).isEmpty();
        assertThat(withValue("no JSON").account()).isEmpty();
    }

    @Test
    void shouldShowHowItBeginsInOneHarmlessLine() {
        assertThat(withValue("{\n  \"a\":\t1}").begins()).contains("{ \"a\": 1}");
        assertThat(withValue("\u0000\u202e").begins()).contains("??");
        assertThat(withValue("é".repeat(10_000)).begins())
                .hasValueSatisfying(text -> assertThat(text).hasSize(120).endsWith("é…"));
        assertThat(StoredDeadLetter.of(read(DeadLetter.placeOnly(TOPIC, change().place(), "not_json", "Gone."), 1))
                        .begins())
                .isEmpty();
    }

    @Test
    void shouldGiveTheRecordBackByteForByteWithTheCount() {
        var again = deadLetter(change(), 17).again();

        assertThat(again.topic()).isEqualTo("upstream-data-changed");
        assertThat(again.partition()).isNull();
        assertThat(again.key()).isEqualTo(bytes("key"));
        assertThat(again.value()).isEqualTo(bytes("no JSON"));
        assertThat(headers(again)).hasSize(3);
        assertThat(headers(again).subList(0, 2))
                .isEqualTo(List.of(change().headers().toArray()));
        assertThat(headers(again).get(2).key()).isEqualTo("dead-letter-redrives");
        assertThat(headers(again).get(2).value()).isEqualTo(bytes("1"));
    }

    @Test
    void shouldCountOnWhenItDiesAgain() {
        var once = deadLetter(read(deadLetter(change(), 17).again(), 42), 18);
        var twice = deadLetter(read(once.again(), 43), 19);

        assertThat(once.redrives()).isEqualTo(1);
        assertThat(twice.redrives()).isEqualTo(2);
        assertThat(headers(twice.again())).hasSize(3);
    }

    @Test
    void shouldLeaveANoteInTheSamePartitionThatNamesTheLetter() {
        var written = deadLetter(change(), 17).note();
        var note = StoredDeadLetter.of(read(written, 20));

        assertThat(written.partition()).isEqualTo(2);
        assertThat(written.value()).isNull();
        assertThat(note.isNote()).isTrue();
        assertThat(note.redriven()).hasValue(17);
    }

    @Test
    void shouldKnowWhatHasAnIdentity() {
        var binary = change();
        binary.headers().add("ce_id", bytes("1"));
        var structured = change();
        structured.headers().add("content-type", bytes("application/cloudevents+json"));

        assertThat(deadLetter(change(), 1).hasIdentity()).isFalse();
        assertThat(deadLetter(binary, 1).hasIdentity()).isTrue();
        assertThat(deadLetter(structured, 1).hasIdentity()).isTrue();
    }

    @Test
    void shouldTakeACountThatIsNoneForNone() {
        for (var count : List.of("", "-1", "many", "99999999999999999999")) {
            var forged = change();
            forged.headers().add("dead-letter-redrives", bytes(count));

            assertThat(deadLetter(forged, 1).redrives()).as(count).isZero();
        }
    }
}
