package io.freshet;

import io.freshet.event.ReportKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/** Which partition a report is in: Kafka's own default for its key, in a topic whose size is known from the start. */
@ApplicationScoped
class RefreshPartitions {

    private volatile int count;

    /** To be called once the topics have been looked at, before anything is read. */
    void are(int partitions) {
        this.count = partitions;
    }

    int of(ReportKey report) {
        return BuiltInPartitioner.partitionForKey(report.key().getBytes(StandardCharsets.UTF_8), count);
    }
}
