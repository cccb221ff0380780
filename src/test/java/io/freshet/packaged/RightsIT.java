package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.dev.EmbeddedKafka;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Rights that are wanting for a while: it is said once, nothing is lost, and all goes on by itself when they are there. */
@Execution(ExecutionMode.CONCURRENT)
class RightsIT {

    private static final Map<String, String> PROMPT =
            Prompt.but(Map.of("freshet.tracking.poll-min", "200ms", "freshet.posting.grace", "2s"));

    /** Longer than the longest pause between two tries. */
    private static final Duration WHILE = Duration.ofSeconds(8);

    @Test
    void shouldWaitForTheRightToTransactionsAndSayWhy() throws Exception {
        try (var kafka = EmbeddedKafka.startWithRights();
                var scene = Scene.open(Prompt.MODE, kafka.bootstrapServers());
                var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            var traffic = Traffic.with(scene, Chaos.random("rights"), 2, 4);
            var denied = deny(admin, ResourceType.TRANSACTIONAL_ID, "freshet-", PatternType.PREFIXED);
            var application = scene.launch(PROMPT);

            // Before there was any change. That the lease isn't confirmed yet makes it unready before.
            scene.eventually(
                    () -> assertThat(application.getManaged("/q/health/ready").body())
                            .contains("nothing has been saved for ", "Transactional Id authorization failed"));
            awaitReady(scene, application, 503);
            traffic.change();
            var before = troubles(application);
            Pause.of(WHILE);
            assertThat(troubles(application) - before).as(application.log()).isLessThanOrEqualTo(1);
            assertThat(scene.events("run-accepted")).isEmpty();

            admin.deleteAcls(List.of(denied.toFilter())).all().get();

            scene.eventually(() -> assertThat(scene.events("run-finished")).isNotEmpty());
            awaitReady(scene, application, 200);
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
        }
    }

    /** As brokers may say for a while when they are restarted one by one. */
    @Test
    void shouldGoOnWhenItsGroupsAreAllowedAgain() throws Exception {
        try (var kafka = EmbeddedKafka.startWithRights();
                var scene = Scene.open(Prompt.MODE, kafka.bootstrapServers());
                var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            var traffic = Traffic.with(scene, Chaos.random("groups"), 2, 4);
            var first = scene.start(PROMPT);
            traffic.change();
            scene.eventually(() -> assertThat(scene.events("run-finished")).isNotEmpty());

            var denied = List.of(
                    deny(admin, ResourceType.GROUP, scene.topics().name("freshet"), PatternType.LITERAL),
                    deny(admin, ResourceType.GROUP, scene.topics().name("freshet-owners"), PatternType.LITERAL));
            var second = scene.launch(PROMPT);
            awaitReady(scene, first, 503);
            traffic.change();
            Pause.of(WHILE);
            admin.deleteAcls(denied.stream().map(AclBinding::toFilter).toList())
                    .all()
                    .get();
            traffic.change();

            awaitReady(scene, first, 200);
            awaitReady(scene, second, 200);
            assertThat(first.getManaged("/q/health/live").statusCode()).isEqualTo(200);
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
        }
    }

    private static void awaitReady(Scene scene, PackagedApplication application, int status) {
        scene.eventually(() -> {
            var ready = application.getManaged("/q/health/ready");
            assertThat(ready.statusCode()).as(ready.body()).isEqualTo(status);
        });
    }

    private static long troubles(PackagedApplication application) {
        return application.lines().stream()
                .filter(line -> line.contains("WARN") || line.contains("ERROR"))
                .count();
    }

    private static AclBinding deny(Admin admin, ResourceType type, String name, PatternType pattern)
            throws ExecutionException, InterruptedException {
        var denied = new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.ALL, AclPermissionType.DENY));
        admin.createAcls(List.of(denied)).all().get();
        return denied;
    }
}
