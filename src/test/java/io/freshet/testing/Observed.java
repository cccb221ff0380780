package io.freshet.testing;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.SandboxRun;
import io.freshet.sandbox.SandboxWorkspace;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One workspace as it is looked at from outside, whether Kafka and Mode are real or simulated. */
public interface Observed {

    String account();

    /** What a {@code read_committed} reader sees in a topic of the contract, of whatever workspace. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic);

    SandboxWorkspace workspace();

    /** Of any kind, refused ones too. */
    List<CallLog.Call> calls();

    /** Of a report or a dataset, by whomever. */
    List<SandboxRun> runs(String token);

    /** Whether runs are told as OpenLineage has them, too. */
    default boolean tellsLineage() {
        return false;
    }

    /** The events of a topic that are about this workspace. */
    default List<Event> events(String topic) {
        return read(topic).stream()
                .map(Event::of)
                .filter(event -> event.text("account").equals(account()))
                .toList();
    }
}
