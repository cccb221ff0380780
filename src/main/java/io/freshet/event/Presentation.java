package io.freshet.event;

import java.net.URI;
import java.util.Optional;

/** How a workspace's reports and datasets are shown to people: where they are in Mode, and whether by their names. */
public interface Presentation {

    /** The root of Mode's pages for the workspace; empty if the workspace isn't configured. */
    Optional<URI> host(String account);

    /** Whether names may be kept and shown, beside the tokens. */
    boolean showsNames(String account);

    /** The name as it may be shown. */
    default Optional<String> shown(String account, Optional<String> name) {
        return name.filter(known -> showsNames(account));
    }

    /** Where people find the report or the dataset in Mode. */
    default Optional<String> page(ReportKey report) {
        return host(report.account()).map(host -> WebUrl.of(host, report));
    }

    /** Where people find one run. */
    default Optional<String> page(ReportKey report, String run) {
        return host(report.account()).map(host -> WebUrl.of(host, report, run));
    }
}
