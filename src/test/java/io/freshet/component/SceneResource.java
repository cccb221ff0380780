package io.freshet.component;

import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One scene for all component tests, with one application in the tests' own process that waits for little. It has an
 * admin, by a token and by the OpenID Connect provider of {@link AdminTest}; without one, see AdminOffIT.
 */
public final class SceneResource implements QuarkusTestResourceLifecycleManager {

    static final String WEBHOOK_SECRET = "a-secret-of-component-tests";

    private @Nullable Scene scene;

    @Override
    public Map<String, String> start() {
        scene = Scene.open(Prompt.MODE);
        scene.sandbox().workspace().addSpace(Workspace.SPACE, "Sales");
        scene.sandbox().runClock().takes(Duration.ofMillis(50), Duration.ofMillis(150));
        var settings = new HashMap<>(scene.settings());
        settings.put("freshet.coalesce.quiet", "100ms");
        settings.put("freshet.tracking.poll-min", "100ms");
        settings.put("freshet.tracking.poll-max", "3s");
        settings.put("freshet.tracking.vanish-after", "500ms");
        settings.put("freshet.tracking.unclear-after", "2s");
        Workspace.DATASETS_FIRST.forEach(source ->
                settings.put("freshet.workspace.data-sources.\"%s\".datasets-first".formatted(source), "always"));
        settings.put("freshet.posting.grace", "0s"); // with which runs must be posted, too
        settings.put("freshet.mode.read-timeout", "2s");
        settings.put("freshet.catalog.ttl", "100ms");
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.management.test-port", "0");
        Workspace.REPORTS_ONLY.forEach(source ->
                settings.put("freshet.workspace.data-sources.\"%s\".datasets-first".formatted(source), "never"));
        Workspace.TABLE_PRECISION.forEach(source -> {
            settings.put("freshet.workspace.data-sources.\"%s\".precision".formatted(source), "table");
            settings.put("freshet.workspace.data-sources.\"%s\".views.\"core.v\"".formatted(source), "core.seen");
        });
        settings.put("freshet.webhook.secret", WEBHOOK_SECRET);
        settings.putAll(WebhookChangesTest.SETTINGS);
        settings.put("freshet.topics.openlineage", scene.topics().name("openlineage"));
        settings.put("freshet.openlineage.mappings[0].namespace", "dagster");
        settings.put("freshet.openlineage.mappings[0].data-source", LineageTest.MAPPED);
        settings.put("freshet.objectives.\"board\".reports", ObjectivesTest.WATCHED);
        settings.put("freshet.objectives.\"board\".within", "1500ms");
        Admin.TOKENS.forEach((role, token) -> {
            settings.put("freshet.access.\"%s\".token".formatted(role), token);
            settings.put("freshet.access.\"%s\".roles".formatted(role), role);
        });
        settings.put("freshet.admin.timeout", "20s");
        settings.put("quarkus.oidc.auth-server-url", "${keycloak.url}/realms/quarkus/");
        settings.put("quarkus.oidc.token.audience", "https://server.example.com"); // that of the provider's tokens
        settings.put("quarkus.otel.sdk.disabled", "false");
        settings.put("quarkus.otel.bsp.schedule.delay", "100ms");
        return settings;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                Objects.requireNonNull(scene), field -> field.getType().equals(Scene.class));
    }

    @Override
    public void stop() {
        if (scene != null) {
            scene.close();
        }
    }
}
