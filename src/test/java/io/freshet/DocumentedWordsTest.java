package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.AsyncApi;
import io.freshet.event.Causes;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.event.RunRejected;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.refresh.Attempts;
import io.freshet.refresh.Memory;
import io.freshet.refresh.Pace;
import io.freshet.refresh.Posting;
import io.freshet.refresh.Refusal;
import io.freshet.refresh.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words that the flows choose by what Mode says are those that docs/asyncapi.yaml names. */
class DocumentedWordsTest {

    private static final Instant AT = Instant.parse("2026-01-31T06:00:00Z");

    private final AsyncApi api = AsyncApi.read();

    @Test
    void shouldNameTheReasonsOfRejections() {
        var ofMode = Arrays.stream(Kind.values())
                .map(kind -> Refusals.of(new Failure<>(kind, 0, "", Duration.ZERO)))
                .flatMap(Optional::stream)
                .map(Refusal::reason);

        assertThat(api.knownValues("RejectionReason"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(ofMode, Stream.of(reasonOfGivingUp())).toList());
    }

    private static String reasonOfGivingUp() {
        var pace = new Pace(
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                Duration.ofHours(24),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                1,
                Duration.ZERO);
        var wish = new Wish(Collections.emptySortedSet(), Causes.none(), AT);
        var posting = new Posting(wish, Optional.empty(), AT, AT, AT, Attempts.NONE, Memory.EMPTY);
        return posting.listed(new ReportKey("acme", "a"), List.of(), AT.plusSeconds(60), AT.plusSeconds(60), pace)
                .told()
                .map(DocumentedWordsTest::reason)
                .orElseThrow();
    }

    private static String reason(RunEvent told) {
        return told.fold(accepted -> "", finished -> "", RunRejected::reason);
    }

    @Test
    void shouldNameTheCodesOfDeadLetters() {
        var ofTheWire = Stream.of("not_json", "not_a_change", "not_a_refresh", "bad_token", "unknown_account");
        var ofWhatIsMissing = Stream.of("data_source_not_found", "space_not_found", "dataset_not_found");
        var ofNotes = Stream.of("redriven");
        var ofWhatModeRefuses = Arrays.stream(Kind.values())
                .filter(kind -> !kind.isTransient() && kind != Kind.NOT_FOUND)
                .map(Kind::word);

        assertThat(api.knownValues("DeadLetterCode"))
                .containsExactlyInAnyOrderElementsOf(Stream.of(ofTheWire, ofWhatIsMissing, ofNotes, ofWhatModeRefuses)
                        .flatMap(codes -> codes)
                        .toList());
    }
}
