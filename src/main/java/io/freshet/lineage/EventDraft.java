package io.freshet.lineage;

import io.freshet.event.InboundRecord;
import io.freshet.event.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An event while it is read, its fields in any order; and what it is when all of them are. */
final class EventDraft {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofDays(1);
    private static final LineageEvent NOT_LINEAGE = new LineageEvent.Unusable(
            "not_lineage",
            "It is no event of OpenLineage: that has an \"eventTime\", and a \"job\" with a \"name\" or a \"dataset\".");

    Optional<String> phase = Optional.empty();
    Optional<String> time = Optional.empty();
    Optional<String> producer = Optional.empty();
    Optional<String> schema = Optional.empty();
    Optional<String> run = Optional.empty();
    Optional<String> jobNamespace = Optional.empty();
    Optional<String> jobName = Optional.empty();
    Optional<String> integration = Optional.empty();
    Optional<String> jobType = Optional.empty();
    boolean isOfDataset;
    final List<Output> outputs = new ArrayList<>();

    LineageEvent event(InboundRecord record, Instant now) {
        if (!isLineage()) {
            return NOT_LINEAGE;
        }
        if (producer.filter(Producer::isOwn).isPresent()) {
            return LineageEvent.NoConcern.OWN;
        }
        if (run.isEmpty() || jobName.isEmpty()) {
            return LineageEvent.NoConcern.NO_RUN;
        }
        if (jobType.filter(type -> type.equalsIgnoreCase("TEST")).isPresent()) {
            return LineageEvent.NoConcern.TEST;
        }
        var reached = RunPhase.of(phase.orElse(""));
        if (outputs.isEmpty() && !reached.isEnd()) {
            return LineageEvent.NoConcern.NO_OUTPUT;
        }
        return new LineageEvent.OfRun(new RunUpdate(
                RunName.of(run.get()), reached, at(record, now), job(), Outputs.of(outputs), record.place()));
    }

    Optional<String> key() {
        return jobName.map(
                name -> "%s:%s/%s".formatted(run.isPresent() ? "run" : "job", jobNamespace.orElse(""), name));
    }

    private boolean isLineage() {
        return schema.filter(url -> url.contains("openlineage")).isPresent()
                || (time.isPresent() && (jobName.isPresent() || isOfDataset));
    }

    private Job job() {
        return new Job(jobNamespace.orElse(""), jobName.orElse(""), integration);
    }

    /** What the event says; else when its record was written, where that is a time that data can have changed at. */
    private Instant at(InboundRecord record, Instant now) {
        return time.flatMap(Times::parse)
                .filter(said -> isInReason(said, now))
                .or(() -> Optional.of(record.timestamp()).filter(written -> isInReason(written, now)))
                .orElse(now);
    }

    private static boolean isInReason(Instant time, Instant now) {
        return !time.isBefore(EARLIEST) && !time.isAfter(now.plus(AHEAD));
    }
}
