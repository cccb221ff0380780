package io.freshet.lineage;

import io.freshet.event.RecordPlace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Runs and their events, as tests of other rooms need them, too. */
public final class Runs {

    public static final Instant AT = Instant.parse("2026-03-01T06:00:00Z");
    public static final RecordPlace PLACE = new RecordPlace("openlineage", 1, 7, AT);
    public static final Job JOB = new Job("airflow", "shop.load_orders", Optional.of("AIRFLOW"));

    private Runs() {}

    public static Outputs tables(String namespace, String... names) {
        return Outputs.of(List.of(names).stream()
                .map(name -> new Output(List.of(new TableName(namespace, name))))
                .toList());
    }

    public static RunUpdate event(RunPhase phase, Outputs outputs) {
        return event("r1", phase, outputs);
    }

    public static RunUpdate event(String run, RunPhase phase, Outputs outputs) {
        return new RunUpdate(run, phase, AT, JOB, outputs, PLACE);
    }
}
