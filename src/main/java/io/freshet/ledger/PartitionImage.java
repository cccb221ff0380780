package io.freshet.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.event.Change;
import io.freshet.event.ChangeJson;
import io.freshet.event.ChangeKey;
import io.freshet.event.NewerReaderNeeded;
import io.freshet.event.ReportKey;
import io.freshet.event.StoredForm;
import io.freshet.state.ReportState;
import io.freshet.state.RequestLimit;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * What the records of a partition of the state topic come to, read one after the other. A key whose last record can't be
 * read is quarantined: an earlier record of it must not count again. One that only a later version may read is no matter of
 * its key alone: this replica may not work on the partition.
 */
final class PartitionImage {

    private static final Logger LOG = Logger.getLogger(PartitionImage.class);

    private final Map<ReportKey, ReportState> reports = new LinkedHashMap<>();
    private final Map<ChangeKey, Change> changes = new LinkedHashMap<>();
    private final Map<String, RequestLimit> limits = new HashMap<>();
    private final Set<String> quarantined = new HashSet<>();
    private final Map<String, NewerReaderNeeded> newer = new LinkedHashMap<>();

    void enter(ConsumerRecord<byte[], byte[]> read) {
        if (StateLayout.isOf(read)) {
            return;
        }
        var name = read.key() == null ? "" : new String(read.key(), UTF_8);
        var key = StateKey.parse(name);
        quarantined.remove(name);
        newer.remove(name);
        key.ifPresent(this::forget);
        if (read.value() == null) {
            return;
        }
        var place = "%s-%d@%d".formatted(read.topic(), read.partition(), read.offset());
        try {
            if (key.isPresent()) {
                put(key.get(), read.value());
            } else {
                StoredForm.read(read.value()); // of a later version, and none that this one must know
            }
        } catch (NewerReaderNeeded e) {
            newer.put(name, e.of(name + " (" + place + ")"));
        } catch (IOException | IllegalArgumentException e) {
            key.ifPresentOrElse(
                    known -> quarantine(known, place, e),
                    () -> LOG.errorf(
                            "%s has no key of Freshet's and is ignored: who else writes to this topic?", place));
        }
    }

    private void quarantine(StateKey key, String place, Exception why) {
        quarantined.add(key.text());
        LOG.errorf(
                "key=%s is quarantined, nothing is posted for it: %s can't be read: %s. Have it forgotten as docs/operations.md says",
                key.text(), place, why.getMessage());
    }

    private void forget(StateKey key) {
        if (key instanceof StateKey.OfReport ofReport) {
            reports.remove(ofReport.report());
        } else if (key instanceof StateKey.OfChange ofChange) {
            changes.remove(ofChange.change());
        } else {
            limits.remove(key.account());
        }
    }

    private void put(StateKey key, byte[] value) throws IOException {
        if (key instanceof StateKey.OfReport ofReport) {
            reports.put(ofReport.report(), ReportStateJson.read(value));
        } else if (key instanceof StateKey.OfChange ofChange) {
            changes.put(ofChange.change(), ChangeJson.read(value));
        } else {
            limits.put(key.account(), RequestLimitJson.read(value));
        }
    }

    /** @throws NewerReaderNeeded if the last record of a key is for later versions only */
    RestoredPartition restored(long position) {
        newer.values().stream().findFirst().ifPresent(first -> {
            throw first;
        });
        return new RestoredPartition(reports, changes, limits, quarantined, position);
    }
}
