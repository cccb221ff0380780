package io.freshet.workspace;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The objectives that some settings make, and nothing else that is configured. */
public final class ObjectivesOf {

    private ObjectivesOf() {}

    public static Objectives settings(Map<String, String> settings, Workspaces workspaces) {
        var config = new SmallRyeConfigBuilder()
                .withMapping(ObjectivesConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
        return new Objectives(config.getConfigMapping(ObjectivesConfig.class), new KnownAccounts(workspaces));
    }
}
