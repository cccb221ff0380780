package io.freshet.api;

import io.freshet.event.StoredForm;
import io.freshet.ledger.VersionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether this replica may read what is stored, or is too old for it. */
@Readiness
@ApplicationScoped
class VersionHealth implements HealthCheck {

    private final VersionCheck version;

    VersionHealth(VersionCheck version) {
        this.version = version;
    }

    @Override
    public HealthCheckResponse call() {
        var refusal = version.refusal();
        var response =
                HealthCheckResponse.named("version").status(refusal.isEmpty()).withData("reads", StoredForm.VERSION);
        refusal.ifPresent(cause -> response.withData("cause", cause));
        return response.build();
    }
}
