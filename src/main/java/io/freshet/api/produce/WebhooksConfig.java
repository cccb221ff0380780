package io.freshet.api.produce;

import io.quarkus.runtime.configuration.TrimmedStringConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whose webhooks mean that data has changed, and which: {@code freshet.webhooks."NAME".*} for each of them. */
@ConfigMapping(prefix = "freshet.webhooks")
public interface WebhooksConfig {

    @WithParentName
    Map<String, Sender> senders();

    /** One webhook, at {@code /webhooks/changes/NAME}. */
    interface Sender {

        /** Of {@link WebhookKind}, in words. */
        Optional<String> kind();

        /** What signs its bodies; of Airbyte, which signs nothing, the last part of the address. */
        Optional<String> secret();

        /** A file that holds it, or two while one replaces the other, separated by space. */
        Optional<String> secretFile();

        Optional<String> account();

        /** What has changed. */
        Optional<String> dataSource();

        Optional<List<@WithConverter(TrimmedStringConverter.class) String>> tables();

        /** The ids of jobs, connectors or connections that count; all, where it isn't set. */
        Optional<List<@WithConverter(TrimmedStringConverter.class) String>> only();
    }
}
