package io.freshet.api.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.InboundRecord;
import io.freshet.event.StoredDeadLetter;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterListTest {

    private static final String TOPIC = "dlq";

    private static StoredDeadLetter letter(int partition, long offset, int second, String code) {
        return letter(partition, offset, second, Map.of("code", code, "topic", "in"));
    }

    private static StoredDeadLetter letter(int partition, long offset, int second, Map<String, String> says) {
        var headers = new RecordHeaders();
        says.forEach((name, value) -> headers.add("dead-letter-" + name, value.getBytes(UTF_8)));
        return StoredDeadLetter.of(new InboundRecord(
                TOPIC, partition, offset, Instant.EPOCH.plusSeconds(second), null, "v".getBytes(UTF_8), headers));
    }

    private static DeadLetterList.Answer answer(DeadLetterList list, StoredDeadLetter... letters) {
        for (var letter : letters) {
            list.consider(letter);
        }
        return list.answer(true);
    }

    @Test
    void shouldListTheNewestOfAllPartitionsFirst() {
        var answer = answer(
                new DeadLetterList(null, null, 3),
                letter(0, 1, 10, "a"),
                letter(0, 2, 40, "b"),
                letter(1, 1, 20, "c"),
                letter(1, 2, 30, "d"));

        assertThat(answer.letters()).extracting(DeadLetterRow::code).containsExactly("b", "d", "c");
        assertThat(answer.more()).isTrue();
    }

    @Test
    void shouldSayThatNothingIsOlderOnlyIfItIsSo() {
        var list = new DeadLetterList(null, null, 2);

        assertThat(answer(list, letter(0, 1, 10, "a"), letter(1, 1, 20, "b")).more())
                .isFalse();
        assertThat(list.answer(false).more()).isTrue();
        assertThat(answer(list, letter(0, 2, 30, "c")).more()).isTrue();
    }

    @Test
    void shouldListOnlyWhatIsAskedFor() {
        var letters = new StoredDeadLetter[] {
            letter(0, 1, 10, "a"), letter(0, 2, 20, "b"), letter(0, 3, 30, Map.of("code", "a", "topic", "other"))
        };

        assertThat(answer(new DeadLetterList("a", "in", 100), letters).letters())
                .singleElement()
                .satisfies(row -> assertThat(row.offset()).isEqualTo(1));
    }

    @Test
    void shouldMarkWhatWasRedrivenAndListNoNotes() {
        var note = letter(0, 3, 30, Map.of("code", "redriven", "topic", TOPIC, "offset", "1"));

        var answer = answer(new DeadLetterList(null, null, 100), letter(0, 1, 10, "a"), letter(0, 2, 20, "b"), note);

        assertThat(answer.letters()).extracting(DeadLetterRow::redriven).containsExactly(false, true);
    }
}
