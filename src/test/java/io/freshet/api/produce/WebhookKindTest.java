package io.freshet.api.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the senders' bodies mean. */
class WebhookKindTest {

    private static WebhookEvent read(WebhookKind kind, byte[] body) {
        return kind.read(WebhookBody.of(body).orElseThrow());
    }

    private static WebhookEvent recorded(WebhookKind kind, String name) {
        return read(kind, Recorded.body(name));
    }

    @Test
    void shouldReadThatALoadHasEndedWell() {
        assertThat(recorded(WebhookKind.DBT, "dbt-completed"))
                .isEqualTo(new WebhookEvent.Loaded(
                        "218726483",
                        Set.of("270811"),
                        "dbt job Nightly build",
                        Optional.of(Instant.parse("2026-03-01T05:58:44Z"))));
        assertThat(recorded(WebhookKind.FIVETRAN, "fivetran-sync-end"))
                .isEqualTo(new WebhookEvent.Loaded(
                        "b4703f73-6315-4e22-8d7a-3bfb18b2fed2",
                        Set.of("assembled_creek", "warehouse_quay"),
                        "fivetran orders",
                        Optional.of(Instant.parse("2026-03-01T05:41:08.638Z"))));
        assertThat(recorded(WebhookKind.AIRBYTE, "airbyte-succeeded"))
                .isEqualTo(new WebhookEvent.Loaded(
                        "9988",
                        Set.of("64d901a1-2520-4d91-93c8-9df438668ff0", "5621c38f-8048-4abb-85ca-b34ff8d9a298"),
                        "airbyte Shop to warehouse",
                        Optional.of(Instant.parse("2026-03-01T05:12:31Z"))));
    }

    @ParameterizedTest
    @CsvSource({
        "DBT, dbt-completed-badly",
        "DBT, dbt-started",
        "DBT, fivetran-sync-end",
        "FIVETRAN, fivetran-sync-end-badly",
        "FIVETRAN, fivetran-sync-start",
        "FIVETRAN, fivetran-test",
        "FIVETRAN, dbt-completed",
        "AIRBYTE, airbyte-failed",
        "AIRBYTE, airbyte-test"
    })
    void shouldMakeNothingOfWhatIsNoSuccess(WebhookKind kind, String name) {
        assertThat(recorded(kind, name)).isEqualTo(new WebhookEvent.Other());
    }

    @Test
    void shouldSayThatALoadHasNoId() {
        var body = new String(Recorded.body("fivetran-sync-end"), UTF_8).replace("sync_id", "id");

        assertThat(read(WebhookKind.FIVETRAN, body.getBytes(UTF_8)))
                .isInstanceOfSatisfying(WebhookEvent.Unreadable.class, unreadable -> assertThat(unreadable.reason())
                        .contains("/sync_id"));
    }

    @Test
    void shouldDoWithoutATimeThatIsNone() {
        var body = new String(Recorded.body("airbyte-succeeded"), UTF_8).replace("2026-03-01T05:12:31Z", "noon");

        assertThat(read(WebhookKind.AIRBYTE, body.getBytes(UTF_8)))
                .isInstanceOfSatisfying(WebhookEvent.Loaded.class, load -> assertThat(load.endedAt())
                        .isEmpty());
    }

    @Test
    void shouldReadNothingButJsonObjects() {
        assertThat(WebhookBody.of("[]".getBytes(UTF_8))).isEmpty();
        assertThat(WebhookBody.of("{\"event\"".getBytes(UTF_8))).isEmpty();
        assertThat(WebhookBody.of(new byte[0])).isEmpty();
    }

    @Test
    void shouldTakeTheSecretOfAnAddressForWhatItIs() {
        assertThat(WebhookKind.AIRBYTE.proves("secret", new byte[0], "secret")).isTrue();
        assertThat(WebhookKind.AIRBYTE.proves("secre", new byte[0], "secret")).isFalse();
        assertThat(WebhookKind.DBT.proves("secret", new byte[0], "secret")).isFalse();
    }
}
