package io.freshet.replica;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How replicas reach each other: what only the owner of a workspace can answer is passed on to it. */
@ConfigMapping(prefix = "freshet.replica")
public interface ReplicaConfig {

    /** Where the others reach this replica's API, such as {@code http://10.1.2.3:8080}. */
    Optional<String> address();

    /** Hosts of replicas, separated by commas. The credential of whoever asks goes along to no other. */
    @WithDefault("private")
    String hosts();
}
