package io.freshet.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * That a run may have ended, on its way through the inbox to the owner of its workspace. The owner asks after the run sooner,
 * and nothing is kept of it. A replica of a version that doesn't know hints takes one for a change that can't be read, and
 * goes on.
 */
public record RunHint(ReportKey report, String runToken) {

    private static final String KIND = "/hints/";

    /** As a record of the inbox. */
    public ProducerRecord<byte[], byte[]> record(Topics topics, WorkspacePartitions partitions) {
        var key = report.account() + KIND + report.reportToken();
        return new ProducerRecord<>(
                topics.inbox(), partitions.of(report.account()), key.getBytes(StandardCharsets.UTF_8), write());
    }

    byte[] write() {
        var json = StoredForm.begin();
        json.put("account", report.account());
        json.put("report", report.reportToken());
        json.put("run", runToken);
        if (report.isDataset()) {
            json.put("kind", report.kind().word());
        }
        return StoredForm.bytes(json);
    }

    /** Whether a record of the inbox is a hint; what isn't is a change. */
    public static boolean isKey(byte @Nullable [] key) {
        var text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        var slash = text.indexOf('/');
        return slash > 0 && text.startsWith(KIND, slash);
    }

    /**
     * @throws NewerReaderNeeded if only a later version may read it
     * @throws IOException if the bytes are no hint
     */
    public static RunHint read(byte[] bytes) throws IOException {
        var json = StoredForm.read(bytes);
        var kind = json.optionalText("kind").flatMap(Kind::of).orElse(Kind.REPORT);
        return new RunHint(new ReportKey(json.text("account"), json.text("report"), kind), json.text("run"));
    }
}
