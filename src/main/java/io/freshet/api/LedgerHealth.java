package io.freshet.api;

import io.freshet.ledger.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.TreeSet;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether this replica knows where the reports of its partitions stand, or is still reading that back. */
@Readiness
@ApplicationScoped
class LedgerHealth implements HealthCheck {

    private final Ledger ledger;

    LedgerHealth(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public HealthCheckResponse call() {
        var restoring = ledger.restoring();
        var response = HealthCheckResponse.named("ledger")
                .status(restoring.partitions().isEmpty())
                .withData("restoring", new TreeSet<>(restoring.partitions()).toString());
        restoring.percent().ifPresent(percent -> response.withData("progress", percent + " %"));
        restoring.cause().ifPresent(cause -> response.withData("cause", cause));
        return response.build();
    }
}
