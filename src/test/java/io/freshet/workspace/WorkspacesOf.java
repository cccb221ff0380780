package io.freshet.workspace;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The workspaces that some settings make, and nothing else that is configured. */
public final class WorkspacesOf {

    private WorkspacesOf() {}

    public static Workspaces settings(Map<String, String> settings) {
        var config = new SmallRyeConfigBuilder()
                .withMapping(WorkspaceConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
        return new Workspaces(config.getConfigMapping(WorkspaceConfig.class));
    }
}
