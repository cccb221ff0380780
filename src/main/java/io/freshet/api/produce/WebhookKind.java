package io.freshet.api.produce;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who sends a webhook: how it shows that it may, and when it says that a load has ended well. */
enum WebhookKind {
    /** dbt Cloud's {@code job.run.completed}, which comes for runs that failed, too. */
    DBT("Authorization") {
        private static final String SUCCESS = "10";

        @Override
        WebhookEvent read(WebhookBody body) {
            return body.says("/eventType", "job.run.completed") && body.says("/data/runStatusCode", SUCCESS)
                    ? loaded(
                            body,
                            "/data/runId",
                            "dbt job " + body.text("/data/jobName").orElse(""),
                            "/data/runFinishedAt",
                            "/data/jobId")
                    : new WebhookEvent.Other();
        }
    },

    /** Fivetran's {@code sync_end}. */
    FIVETRAN("X-Fivetran-Signature-256") {
        @Override
        WebhookEvent read(WebhookBody body) {
            return body.says("/event", "sync_end") && body.says("/data/status", "SUCCESSFUL")
                    ? loaded(
                            body,
                            "/sync_id",
                            "fivetran " + body.text("/connector_name").orElse(""),
                            "/created",
                            "/connector_id",
                            "/destination_group_id")
                    : new WebhookEvent.Other();
        }
    },

    /** Airbyte's notification of a successful sync, which is signed by nobody. */
    AIRBYTE(null) {
        @Override
        WebhookEvent read(WebhookBody body) {
            return body.isTrue("/data/success")
                    ? loaded(
                            body,
                            "/data/jobId",
                            "airbyte " + body.text("/data/connection/name").orElse(""),
                            "/data/finishedAt",
                            "/data/connection/id",
                            "/data/destination/id")
                    : new WebhookEvent.Other();
        }
    };

    private final @Nullable String signatureHeader;

    WebhookKind(@Nullable String signatureHeader) {
        this.signatureHeader = signatureHeader;
    }

    static Optional<WebhookKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The header with the signature; empty where the secret is part of the address. */
    Optional<String> signatureHeader() {
        return Optional.ofNullable(signatureHeader);
    }

    abstract WebhookEvent read(WebhookBody body);

    /** Whether what was given shows that its sender knows the secret. Takes as long whatever it is. */
    boolean proves(String given, byte[] body, String secret) {
        return signatureHeader == null
                ? MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8))
                : HmacSignature.isOf(given, body, secret);
    }

    private static WebhookEvent loaded(
            WebhookBody body, String id, String reason, String endedAt, String... originPointers) {
        Set<String> origins = new HashSet<>();
        for (var pointer : originPointers) {
            body.text(pointer).ifPresent(origins::add);
        }
        return body.text(id)
                .<WebhookEvent>map(text -> new WebhookEvent.Loaded(text, origins, reason.strip(), body.time(endedAt)))
                .orElseGet(() -> new WebhookEvent.Unreadable(
                        "It says that a load has ended, and not which: %s is missing.".formatted(id)));
    }
}
