package io.freshet.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the threads of the workers know of whoever gave them something to do. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class WorkersTest {

    @Inject
    Vertx vertx;

    @Inject
    @Identifier("workers") Executor workers;

    @Test
    void shouldLeaveTheContextOfARequestBehind() throws Exception {
        var seen = new CompletableFuture<Optional<Context>>();
        var ofRequest = VertxContext.getOrCreateDuplicatedContext(vertx);

        ofRequest.runOnContext(
                now -> workers.execute(() -> seen.complete(Optional.ofNullable(Vertx.currentContext()))));

        assertThat(seen.get(30, TimeUnit.SECONDS)).isEmpty();
    }
}
