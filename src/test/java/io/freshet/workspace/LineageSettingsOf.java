package io.freshet.workspace;

import io.freshet.event.Accounts;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The mappings that some settings make, and nothing else that is configured. */
public final class LineageSettingsOf {

    private LineageSettingsOf() {}

    public static LineageSettings settings(Map<String, String> settings, Accounts accounts) {
        var config = new SmallRyeConfigBuilder()
                .withMapping(OpenLineageConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
        return new LineageSettings(config.getConfigMapping(OpenLineageConfig.class), accounts);
    }
}
