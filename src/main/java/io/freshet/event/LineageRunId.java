package io.freshet.event;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What a run is called in OpenLineage. It follows from what it is called in Mode, so that it is the same after a crash. */
final class LineageRunId {

    private LineageRunId() {}

    static UUID of(RunEvent event) {
        return UUID.nameUUIDFromBytes(text(event).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(RunEvent event) {
        var report = event.report();
        return report.account() + "/" + report.path()
                + event.<String>fold(
                        accepted -> "/runs/" + accepted.runToken(),
                        finished -> "/runs/" + finished.runToken(),
                        rejected -> "/rejections/" + rejected.id());
    }
}
