package io.freshet.api;

import io.freshet.ledger.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Whether anything can be saved. Where it can't, only a restart helps. */
@Liveness
@ApplicationScoped
class LedgerLiveness implements HealthCheck {

    private final Ledger ledger;

    LedgerLiveness(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public HealthCheckResponse call() {
        var death = ledger.death();
        var response = HealthCheckResponse.named("ledger writes").status(death.isEmpty());
        death.ifPresent(error -> response.withData("cause", "the thread that writes has ended: " + error));
        return response.build();
    }
}
