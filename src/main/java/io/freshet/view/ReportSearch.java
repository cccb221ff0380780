package io.freshet.view;

import io.freshet.event.Kind;
import io.freshet.event.Outcome;
import io.freshet.event.ReportKey;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** Looks through all reports for those that somebody wants to see, and keeps no more than these. */
final class ReportSearch {

    private static final class Found {
        private final ReportPlace place;
        private final byte[] packed;
        private final WorkspaceView workspace;
        private final BatchStanding standing;

        Found(ReportKey report, byte[] packed, WorkspaceView workspace, BatchStanding standing) {
            this.place =
                    new ReportPlace(report, PackedTarget.stage(packed) == Stage.SETTLED, PackedTarget.since(packed));
            this.packed = packed;
            this.workspace = workspace;
            this.standing = standing;
        }

        private ReportPlace place() {
            return place;
        }

        private ReportStatus status() {
            return ReportStatus.of(place.report(), PackedTarget.unpack(packed), workspace, standing.end());
        }
    }

    private final ReportQuery query;
    private final Map<ReportKey, Outcome> told;
    private final Comparator<ReportPlace> order;
    private final PriorityQueue<Found> lastFirst;
    private int count;
    private boolean hasMore;

    private ReportSearch(ReportQuery query, Map<ReportKey, Outcome> told) {
        this.query = query;
        this.told = told;
        this.order = switch (query.order()) {
            case NAME -> ReportPlace.BY_NAME;
            case AGE -> ReportPlace.BY_AGE;
        };
        this.lastFirst = new PriorityQueue<>(Comparator.comparing(Found::place, order.reversed()));
    }

    /** @param told how reports ended for the batch that is asked for, as far as their records may have forgotten it */
    static ReportList in(Map<String, WorkspaceView> workspaces, ReportQuery query, Map<ReportKey, Outcome> told) {
        var search = new ReportSearch(query, told);
        workspaces.forEach(search::look);
        return search.result();
    }

    private void look(String account, WorkspaceView workspace) {
        if (query.account().filter(wanted -> !wanted.equals(account)).isEmpty()) {
            for (var kind : Kind.values()) {
                workspace.targets(kind).forEach((token, packed) -> {
                    if (query.matches(token, packed)) {
                        var report = new ReportKey(account, token, kind);
                        standing(report, packed)
                                .ifPresent(standing -> keep(new Found(report, packed, workspace, standing)));
                    }
                });
            }
        }
    }

    /** In the batch that is asked for, if one is; empty if it isn't of that. */
    private Optional<BatchStanding> standing(ReportKey report, byte[] packed) {
        if (query.batch().isEmpty()) {
            return Optional.of(BatchStanding.UNDER_WAY);
        }
        return PackedTarget.standing(query.batch().get().number(), packed)
                .or(() -> Optional.ofNullable(told.get(report)).map(BatchStanding::ended));
    }

    private void keep(Found found) {
        count++;
        if (query.after()
                .filter(seen -> order.compare(found.place(), seen) <= 0)
                .isPresent()) {
            return;
        }
        lastFirst.add(found);
        if (lastFirst.size() > query.limit()) {
            lastFirst.remove();
            hasMore = true;
        }
    }

    private ReportList result() {
        var next = hasMore ? Optional.of(lastFirst.element().place()) : Optional.<ReportPlace>empty();
        var reports = lastFirst.stream()
                .sorted(Comparator.comparing(Found::place, order))
                .map(Found::status)
                .toList();
        return new ReportList(count, reports, next);
    }
}
