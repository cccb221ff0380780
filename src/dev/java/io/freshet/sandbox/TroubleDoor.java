package io.freshet.sandbox;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Not of Mode's: trouble that somebody orders by hand, to see what Freshet says of it. {@code POST /trouble?status=503} has every
 * call answered so, {@code POST /trouble?runs-of=TOKEN} has the runs of a report or dataset fail, and {@code DELETE /trouble}
 * ends both.
 */
final class TroubleDoor implements Handler<HttpServerRequest> {

    static final String PATH = "/trouble";

    private static final String USAGE =
            "Say which: ?status=503 (400 to 599) for every call, or ?runs-of=TOKEN for the runs of a report or dataset.";

    private final Faults faults;
    private final SandboxWorkspace workspace;
    private final List<Runnable> mends = new ArrayList<>();

    TroubleDoor(Faults faults, SandboxWorkspace workspace) {
        this.faults = faults;
        this.workspace = workspace;
    }

    @Override
    public void handle(HttpServerRequest request) {
        switch (request.method().name()) {
            case "POST" -> order(request);
            case "DELETE" -> {
                mends.forEach(Runnable::run);
                mends.clear();
                say(request, 200, "All is well again.");
            }
            default -> say(request, 405, "POST orders trouble, and DELETE ends it. " + USAGE);
        }
    }

    private void order(HttpServerRequest request) {
        var status = request.getParam("status", "");
        var token = request.getParam("runs-of", "");
        if (status.matches("[45]\\d\\d")) {
            var fault = faults.alwaysStatus(Integer.parseInt(status), call -> true);
            mends.add(fault::lift);
            say(request, 200, "Every call is answered " + status + " from now on. DELETE " + PATH + " ends that.");
        } else if (Stream.concat(workspace.reports().stream(), workspace.datasets().stream())
                .anyMatch(token::equals)) {
            workspace.clock().endsAs(token, "failed");
            mends.add(() -> workspace.clock().endsAs(token, "succeeded"));
            say(request, 200, "Runs of " + token + " fail from now on. DELETE " + PATH + " ends that.");
        } else {
            say(request, 400, token.isEmpty() ? USAGE : "There is no report and no dataset " + token + ". " + USAGE);
        }
    }

    private static void say(HttpServerRequest request, int status, String what) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain")
                .end(what + "\n");
    }
}
