package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.AsyncApi;
import io.freshet.event.ChangeOutcome;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.event.RunRejected;
import io.freshet.mode.Answer.Kind;
import io.freshet.run.RefusalReasons;
import io.freshet.state.Attempts;
import io.freshet.state.Awaiting;
import io.freshet.state.ListedRuns;
import io.freshet.state.Posting;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportState;
import io.freshet.state.TrackingPolicy;
import io.freshet.state.Transition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words that the flows choose by what Mode says are those that docs/asyncapi.yaml names. */
class DocumentedWordsTest {

    private static final Instant AT = Instant.parse("2026-01-31T06:00:00Z");

    private final AsyncApi api = AsyncApi.read();

    @Test
    void shouldNameTheReasonsOfRejections() {
        assertThat(api.knownValues("RejectionReason"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                RefusalReasons.ofMode(),
                                Stream.of(reasonOfGivingUp(), reasonOfNoDataset(), reasonOfTooMuch()))
                        .distinct()
                        .toList());
    }

    private static String reasonOfGivingUp() {
        var pace = new TrackingPolicy(
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                Duration.ofHours(24),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                1,
                Duration.ZERO);
        var request = new RefreshRequest(Collections.emptySortedSet(), ChangeRefs.none(), AT);
        var posting = new Posting(
                request, Optional.empty(), AT, AT, Optional.empty(), AT, Attempts.NONE, ReportHistory.EMPTY);
        return posting.listed(
                        new ReportKey("acme", "a"),
                        new ListedRuns(List.of(), Optional.empty()),
                        AT.plusSeconds(60),
                        AT.plusSeconds(60),
                        pace)
                .told()
                .map(DocumentedWordsTest::reason)
                .orElseThrow();
    }

    private static ReportState awaiting() {
        var changes = ChangeRefs.of(new ChangeRef("/etl", "load-1", AT, null)).inBatch(1);
        var datasets = new TreeSet<>(List.of("d1"));
        return ReportState.unknown().await(new Awaiting(new RefreshRequest(datasets, changes, AT), datasets));
    }

    private static String reasonOfNoDataset() {
        return awaiting()
                .release(new ReportKey("acme", "a"), unknown -> ReportState.unknown(), AT)
                .flatMap(Transition::told)
                .map(DocumentedWordsTest::reason)
                .orElseThrow();
    }

    private static String reasonOfTooMuch() {
        return awaiting()
                .reject(new ReportKey("acme", "a"), unknown -> ReportState.unknown(), AT)
                .flatMap(Transition::told)
                .map(DocumentedWordsTest::reason)
                .orElseThrow();
    }

    private static String reason(RunEvent told) {
        return told.fold(accepted -> "", finished -> "", RunRejected::reason);
    }

    @Test
    void shouldSayWhatToDoUponEveryCodeAndReason() throws IOException {
        assertThat(rows("runbook", "Rejections"))
                .containsExactlyInAnyOrderElementsOf(api.knownValues("RejectionReason"));
        assertThat(rows("runbook", "Dead letters"))
                .containsExactlyInAnyOrderElementsOf(api.knownValues("DeadLetterCode"));
    }

    @Test
    void shouldSayWhereToLookUponEveryEndOfAChange() throws IOException {
        var outcomes = Arrays.stream(ChangeOutcome.values()).map(ChangeOutcome::word);

        assertThat(rows("runbook", "Why did my report not refresh?"))
                .containsAll(outcomes.toList())
                .containsAll(api.knownValues("LeftOutReason"));
    }

    @Test
    void shouldSayWhatToDoUponEveryCheckOfHealth() throws IOException {
        var name = Pattern.compile("HealthCheckResponse\\.named\\(\"(.+?)\"\\)");
        try (var room = Files.list(Path.of("src/main/java/io/freshet/api"))) {
            var checks = room.filter(Files::isRegularFile)
                    .map(DocumentedWordsTest::text)
                    .flatMap(source -> name.matcher(source).results())
                    .map(check -> check.group(1))
                    .toList();

            assertThat(checks).isNotEmpty();
            assertThat(rows("observability", "Health")).containsAll(checks);
        }
        assertThat(section("observability", "Health"))
                .contains("broker away", "credential refused", "circuit open", "`progress`");
    }

    /** What the first column of a section's tables names. */
    private static List<String> rows(String page, String section) throws IOException {
        return Pattern.compile("(?m)^\\| (`.+?) \\|")
                .matcher(section(page, section))
                .results()
                .flatMap(row -> Arrays.stream(row.group(1).split(", ")))
                .map(word -> word.replace("`", ""))
                .toList();
    }

    private static String section(String page, String heading) throws IOException {
        var text = Files.readString(Path.of("docs", page + ".md"));
        var begin = text.indexOf("\n## " + heading + "\n");
        assertThat(begin).as(heading).isNotNegative();
        var end = text.indexOf("\n## ", begin + 1);
        return text.substring(begin, end < 0 ? text.length() : end);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldNameTheCodesOfDeadLetters() {
        var ofTheWire = Stream.of(
                "not_json",
                "not_a_change",
                "not_a_refresh",
                "not_lineage",
                "bad_token",
                "bad_tables",
                "unknown_account",
                "too_large",
                "unreadable");
        var ofWhatIsMissing =
                Stream.of("data_source_not_found", "space_not_found", "dataset_not_found", "report_not_found");
        var ofPatience = Stream.of("gave_up");
        var ofNotes = Stream.of("redriven");
        var ofWhatModeRefuses = Arrays.stream(Kind.values())
                .filter(kind -> !kind.isTransient() && kind != Kind.NOT_FOUND)
                .map(Kind::word);

        assertThat(api.knownValues("DeadLetterCode"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ofTheWire, ofWhatIsMissing, ofPatience, ofNotes, ofWhatModeRefuses)
                                .flatMap(codes -> codes)
                                .toList());
    }
}
