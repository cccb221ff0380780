package io.freshet.event;

import java.net.URI;

/** Addresses of Mode's pages, as Mode links to them itself ({@code _links.web}, {@code _links.web_report_runs}). */
final class WebUrl {

    private WebUrl() {}

    static String of(URI host, ReportKey report) {
        return host + path(report);
    }

    /** What follows upon the host. */
    static String path(ReportKey report) {
        return "/" + report.account() + "/" + report.path();
    }

    /** Mode shows no address for the run of a dataset: people find it on the dataset's page. */
    static String of(URI host, ReportKey report, String run) {
        return switch (report.kind()) {
            case REPORT -> of(host, report) + "/runs/" + run;
            case DATASET -> of(host, report);
        };
    }
}
