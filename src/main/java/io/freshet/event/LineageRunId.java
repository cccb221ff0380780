package io.freshet.event;

/** What a run is called in OpenLineage. It follows from what it is called in Mode, so that it is the same after a crash. */
final class LineageRunId {

    private LineageRunId() {}

    static String of(RunEvent event) {
        var report = event.report();
        return ContentId.of(report.account() + "/" + report.path()
                + event.<String>fold(
                        accepted -> "/runs/" + accepted.runToken(),
                        finished -> "/runs/" + finished.runToken(),
                        rejected -> "/rejections/" + rejected.id()));
    }
}
