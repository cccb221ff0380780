package io.freshet.replica;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Whether Freshet's own topics are still those that this replica began with. */
@Liveness
@ApplicationScoped
class TopicsLiveness implements HealthCheck {

    private final TopicWatch topics;

    TopicsLiveness(TopicWatch topics) {
        this.topics = topics;
    }

    @Override
    public HealthCheckResponse call() {
        var cause = topics.madeAnew();
        var response = HealthCheckResponse.named("topics").status(cause.isEmpty());
        cause.ifPresent(why -> response.withData("cause", why));
        return response.build();
    }
}
