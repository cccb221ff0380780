package io.freshet.view;

import java.util.List;
import java.util.Optional;

/**
 * Some reports of all workspaces.
 *
 * @param count how many match
 * @param next after which to ask for those that come then
 */
public record ReportList(int count, List<ReportStatus> reports, Optional<ReportPlace> next) {

    public ReportList {
        reports = List.copyOf(reports);
    }
}
