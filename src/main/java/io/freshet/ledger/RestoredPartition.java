package io.freshet.ledger;

import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.event.ReportKey;
import io.freshet.state.ReportState;
import io.freshet.state.RequestLimit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What was read back of one partition, in the order of the log: a map that shuffled it would be a die that no seed rules.
 *
 * @param changes those that are open
 * @param limits by account
 * @param quarantined keys whose last record can't be read: nothing is done for them
 * @param position the offset of the inbox record to be read next
 */
public record RestoredPartition(
        Map<ReportKey, ReportState> reports,
        Map<ChangeKey, Change> changes,
        Map<String, RequestLimit> limits,
        Set<String> quarantined,
        long position) {

    public RestoredPartition {
        reports = Collections.unmodifiableMap(new LinkedHashMap<>(reports));
        changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
        limits = Map.copyOf(limits);
        quarantined = Set.copyOf(quarantined);
    }
}
