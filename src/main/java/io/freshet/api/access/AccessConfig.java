package io.freshet.api.access;

import io.quarkus.runtime.configuration.TrimmedStringConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may do what over HTTP, by tokens of Freshet's own: {@code freshet.access."NAME".*} for each of them. */
@ConfigMapping(prefix = "freshet.access")
public interface AccessConfig {

    @WithParentName
    Map<String, Holder> holders();

    /** Somebody or something that has a token. */
    interface Holder {

        /** What is sent as {@code Authorization: Bearer …}. */
        Optional<String> token();

        /** A file that holds the token; read anew every few seconds, so that a rotated token needs no restart. */
        Optional<String> tokenFile();

        /** Of {@link Role}, in words. */
        Optional<Set<@WithConverter(TrimmedStringConverter.class) String>> roles();
    }
}
