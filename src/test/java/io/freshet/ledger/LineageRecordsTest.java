package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ChangeRefs;
import io.freshet.event.Presentation;
import io.freshet.event.Presentations;
import io.freshet.event.ReportKey;
import io.freshet.event.RunAccepted;
import io.freshet.event.RunEvent;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LineageRecordsTest {

    private static final RunEvent RUN = new RunAccepted(
            new ReportKey("acme", "r1"),
            Optional.empty(),
            "run1",
            new TreeSet<>(List.of("d1")),
            ChangeRefs.none(),
            Entries.NOON,
            false);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private LineageRecords records(Optional<String> topic, Presentation presentation) {
        return new LineageRecords(topic, presentation, new LedgerMetrics(metrics));
    }

    private static Presentation where(Supplier<Optional<URI>> host) {
        return new Presentation() {
            @Override
            public Optional<URI> host(String account) {
                return host.get();
            }

            @Override
            public boolean showsNames(String account) {
                return true;
            }
        };
    }

    private double leftOut(String reason) {
        return metrics.get("freshet.lineage.left.out")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void shouldMakeNoneAndCountNothingWhileThereIsNoTopic() {
        assertThat(records(Optional.empty(), Presentations.WITH_NAMES).of(RUN)).isEmpty();
        assertThat(metrics.getMeters()).extracting(Meter::getId).isEmpty();
    }

    @Test
    void shouldMakeThemForTheTopic() {
        assertThat(records(Optional.of("lineage"), Presentations.WITH_NAMES).of(RUN))
                .singleElement()
                .satisfies(record -> assertThat(record.topic()).isEqualTo("lineage"));
        assertThat(leftOut("too_large")).isZero();
    }

    @Test
    void shouldLeaveOutWhatCannotBeMade() {
        var broken = where(() -> {
            throw new IllegalStateException("a fault of ours");
        });

        assertThat(records(Optional.of("lineage"), broken).of(RUN)).isEmpty();
        assertThat(leftOut("unmakeable")).isEqualTo(1);
    }

    @Test
    void shouldLeaveOutWhatHasNoWorkspace() {
        assertThat(records(Optional.of("lineage"), where(Optional::empty)).of(RUN))
                .isEmpty();
        assertThat(leftOut("not_configured")).isEqualTo(1);
    }
}
