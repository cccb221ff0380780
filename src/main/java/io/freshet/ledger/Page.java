package io.freshet.ledger;

import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.refresh.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a batch of entries comes to: all of it is written in one transaction, or none of it. */
final class Page {

    /** A report in its partition. */
    record Place(int partition, ReportKey report) {}

    private final Map<ReportKey, Standing> standings = new LinkedHashMap<>();
    private final Set<Place> durable = new LinkedHashSet<>();
    private final Map<Integer, Long> positions = new HashMap<>();
    private final List<RunEvent> told = new ArrayList<>();
    private final List<ProducerRecord<byte[], byte[]>> passedOn = new ArrayList<>();
    private final List<Optional<Standing>> results = new ArrayList<>();

    /** The new standing of every report that moved, lightly or not. */
    Map<ReportKey, Standing> standings() {
        return standings;
    }

    Standing standing(Place place) {
        return Objects.requireNonNull(standings.get(place.report()), () -> place + " has no standing");
    }

    /** Which of them must be saved. */
    Set<Place> durable() {
        return durable;
    }

    /** Per partition of the refresh topic, the offset of the record to be read next. */
    Map<Integer, Long> positions() {
        return positions;
    }

    List<RunEvent> told() {
        return told;
    }

    List<ProducerRecord<byte[], byte[]>> passedOn() {
        return passedOn;
    }

    /** One per entry, in order: where the report stands after it; empty where the entry came to nothing. */
    List<Optional<Standing>> results() {
        return results;
    }

    boolean isBlank() {
        return durable.isEmpty() && positions.isEmpty() && told.isEmpty() && passedOn.isEmpty();
    }
}
