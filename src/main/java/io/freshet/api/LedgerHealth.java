package io.freshet.api;

import io.freshet.ledger.Ledger;
import io.freshet.ledger.WriteTrouble;
import io.freshet.telemetry.OpenChanges;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.TreeSet;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether this replica knows where the reports of its partitions stand, or is still reading that back; and whether it can save
 * what it does.
 */
@Readiness
@ApplicationScoped
class LedgerHealth implements HealthCheck {

    private final Ledger ledger;
    private final WriteTrouble writing;
    private final OpenChanges open;

    LedgerHealth(Ledger ledger, WriteTrouble writing, OpenChanges open) {
        this.open = open;
        this.ledger = ledger;
        this.writing = writing;
    }

    @Override
    public HealthCheckResponse call() {
        var restoring = ledger.restoring();
        var trouble = writing.cause();
        var response = HealthCheckResponse.named("ledger")
                .status(restoring.partitions().isEmpty() && trouble.isEmpty())
                .withData("restoring", new TreeSet<>(restoring.partitions()).toString());
        restoring.percent().ifPresent(percent -> response.withData("progress", percent + " %"));
        restoring.cause().or(() -> trouble).ifPresent(cause -> response.withData("cause", cause));
        var waiting = open.waiting();
        if (!waiting.isEmpty()) {
            response.withData("inbox_waiting", String.join(", ", waiting));
        }
        return response.build();
    }
}
