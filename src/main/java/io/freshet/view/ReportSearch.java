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

    private static final Comparator<ReportKey> BY_KEY = Comparator.comparing(ReportKey::account)
            .thenComparing(ReportKey::reportToken)
            .thenComparing(ReportKey::kind);
    private static final Comparator<Found> BY_NAME = Comparator.comparing(Found::report, BY_KEY);
    private static final Comparator<Found> BY_AGE =
            Comparator.comparing(Found::isSettled).thenComparing(Found::age).thenComparing(BY_NAME);

    private static final class Found {
        private final ReportKey report;
        private final byte[] packed;
        private final WorkspaceView workspace;
        private final BatchStanding standing;

        Found(ReportKey report, byte[] packed, WorkspaceView workspace, BatchStanding standing) {
            this.report = report;
            this.packed = packed;
            this.workspace = workspace;
            this.standing = standing;
        }

        private ReportKey report() {
            return report;
        }

        private boolean isSettled() {
            return PackedTarget.stage(packed) == Stage.SETTLED;
        }

        private long age() {
            return isSettled() ? -PackedTarget.since(packed) : PackedTarget.since(packed);
        }

        private ReportStatus status() {
            return ReportStatus.of(report, PackedTarget.unpack(packed), workspace, standing.end());
        }
    }

    private final ReportQuery query;
    private final Map<ReportKey, Outcome> told;
    private final Comparator<Found> order;
    private final PriorityQueue<Found> lastFirst;
    private int count;
    private boolean hasMore;

    private ReportSearch(ReportQuery query, Map<ReportKey, Outcome> told) {
        this.query = query;
        this.told = told;
        this.order = query.order() == ReportQuery.Order.NAME ? BY_NAME : BY_AGE;
        this.lastFirst = new PriorityQueue<>(order.reversed());
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
                .filter(seen -> BY_KEY.compare(found.report(), seen) <= 0)
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
        var reports = lastFirst.stream().sorted(order).map(Found::status).toList();
        var next = hasMore && query.order() == ReportQuery.Order.NAME
                ? Optional.of(reports.get(reports.size() - 1).report())
                : Optional.<ReportKey>empty();
        return new ReportList(count, reports, next);
    }
}
