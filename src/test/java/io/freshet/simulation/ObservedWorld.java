package io.freshet.simulation;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.SandboxRun;
import io.freshet.sandbox.SandboxWorkspace;
import io.freshet.testing.Observed;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One workspace of a simulated world, for the judge of real ones. */
record ObservedWorld(World world, String account) implements Observed {

    @Override
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return world.topics().all(topic);
    }

    @Override
    public boolean tellsLineage() {
        return true;
    }

    @Override
    public SandboxWorkspace workspace() {
        return mode().sandbox().workspace();
    }

    @Override
    public List<CallLog.Call> calls() {
        return mode().calls();
    }

    @Override
    public List<SandboxRun> runs(String token) {
        return mode().runs(token);
    }

    private SimulatedMode mode() {
        return world.mode(account);
    }
}
