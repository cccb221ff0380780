package io.freshet.ledger;

import io.freshet.event.ReportKey;
import io.freshet.event.RunEvent;
import io.freshet.state.ReportState;
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
final class StagedTransaction {

    /** A report in its partition. */
    record Place(int partition, ReportKey report) {}

    private final Map<ReportKey, ReportState> states = new LinkedHashMap<>();
    private final Set<Place> durable = new LinkedHashSet<>();
    private final Map<Integer, Long> positions = new HashMap<>();
    private final List<RunEvent> told = new ArrayList<>();
    private final List<ProducerRecord<byte[], byte[]>> forwarded = new ArrayList<>();
    private final List<Optional<ReportState>> results = new ArrayList<>();

    /** The new state of every report that moved, notPersisted or not. */
    Map<ReportKey, ReportState> states() {
        return states;
    }

    ReportState state(Place place) {
        return Objects.requireNonNull(states.get(place.report()), () -> place + " has no state");
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

    List<ProducerRecord<byte[], byte[]>> forwarded() {
        return forwarded;
    }

    /** One per entry, in order: where the report stands after it; empty where the entry came to nothing. */
    List<Optional<ReportState>> results() {
        return results;
    }

    boolean isBlank() {
        return durable.isEmpty() && positions.isEmpty() && told.isEmpty() && forwarded.isEmpty();
    }
}
