package io.freshet.sandbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** One request for the runs of a report, or of a dataset under its other address. */
final class RunRoutes {

    private static final String ROWS = "report_runs";
    private static final int RUNS_A_PAGE = 20;

    private final Ask ask;
    private final Contents contents;
    private final Hal hal;
    private final Documents documents;

    RunRoutes(Ask ask, Contents contents, Hal hal, Documents documents) {
        this.ask = ask;
        this.contents = contents;
        this.hal = hal;
        this.documents = documents;
    }

    Answer route() {
        return switch (ask.shape()) {
            case "GET reports/*/runs" -> list();
            case "POST reports/*/runs" -> post();
            case "GET reports/*/runs/*" -> show();
            case "GET reports/*/runs/*/query_runs" -> queries();
            case "GET datasets/*/runs" -> ofDataset(this::list);
            case "POST datasets/*/runs" -> ofDataset(this::post);
            case "GET datasets/*/runs/*" -> ofDataset(this::show);
            default -> throw Refused.notFound("request path not recognized");
        };
    }

    /** Only datasets have this address. */
    private Answer ofDataset(Supplier<Answer> route) {
        if (!isDataset()) {
            throw Refused.notFound("dataset not found");
        }
        return route.get();
    }

    private Answer list() {
        datasetsOfReport();
        if (ask.query().containsKey("filter")) {
            return Answer.status(500);
        }
        var runs = new ArrayList<>(contents.runsTold(ask.token()));
        if ("asc".equals(ask.query().get("order"))) {
            Collections.reverse(runs);
        }
        var page = ask.page(RUNS_A_PAGE);
        var rows = page.of(runs).stream().map(documents::run).toList();
        return contents.listed(
                hal.counted("/" + ask.segments().get(0) + "/" + ask.token() + "/runs", ROWS, rows, page, runs),
                ROWS,
                page);
    }

    private Answer post() {
        contents.refuseRunOf(ask.token());
        var datasets = datasetsOfReport();
        var tokens = Body.datasetTokens(ask.body());
        if (!datasets.containsAll(tokens)) {
            throw Refused.badRequest("dataset not found in report");
        }
        var run = contents.start(ask.token(), tokens, Sandbox.API_USER);
        return Answer.hal(202, documents.run(run)).withEffect();
    }

    /** Which report the path names is not compared with the run's. */
    private Answer show() {
        datasetsOfReport();
        return Answer.hal(200, documents.run(run()));
    }

    /** All of them, whatever page is asked for. */
    private Answer queries() {
        datasetsOfReport();
        var run = run();
        var path = "/reports/" + ask.token() + "/runs/" + run.token() + "/query_runs";
        return Answer.hal(200, hal.collection(path, "query_runs", List.of(documents.queryRun(run))));
    }

    private SandboxRun run() {
        return contents.runs.find(ask.run()).orElseThrow(() -> Refused.notFound("report run not found"));
    }

    private boolean isDataset() {
        return contents.datasets.containsKey(ask.token());
    }

    /** Refuses a report that is not there or not to be seen. */
    private List<String> datasetsOfReport() {
        if (isDataset()) {
            return List.of();
        }
        return contents.datasetsOf(contents.visibleReport(ask.token())).stream()
                .map(Dataset::token)
                .toList();
    }
}
