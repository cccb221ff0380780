package io.freshet.cli;

import io.freshet.event.Topics;
import io.freshet.ledger.LedgerConfig;
import io.freshet.replica.KafkaSettings;
import io.freshet.workspace.Workspace;
import io.freshet.workspace.WorkspaceConfig;
import io.freshet.workspace.Workspaces;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.DotEnvConfigSourceProvider;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The service's settings, from the places that it has them from: the package, config/application.properties, .env, the
 * environment and system properties.
 *
 * @param kafka what every client of Kafka is given
 * @param groups those that the service's consumers join
 * @param overHttp what else it does with its topics
 */
record DoctorSettings(
        Map<String, Object> kafka,
        Topics topics,
        LedgerConfig ledger,
        List<String> groups,
        OverHttp overHttp,
        Collection<Workspace> workspaces) {

    private static final String FILE = "application.properties";
    private static final Path BESIDE = Path.of("config", FILE);
    private static final String KAFKA = "kafka.";
    /** As Quarkus ranks them. */
    private static final int IN_PACKAGE = 250;

    private static final int IN_DIRECTORY = 260;

    /** @throws UsageException that says which setting is wrong */
    static DoctorSettings read() {
        return of(config(Map.of()));
    }

    /** @param more that go ahead of all others */
    static SmallRyeConfig config(Map<String, String> more) {
        try {
            var builder = ConfigUtils.configBuilder()
                    .withSources(new PropertiesConfigSource(more, "arguments", 1000))
                    .withSources(new DotEnvConfigSourceProvider())
                    .withMapping(Topics.class)
                    .withMapping(LedgerConfig.class)
                    .withMapping(WorkspaceConfig.class)
                    .withValidateUnknown(false);
            var packaged = DoctorSettings.class.getResource("/" + FILE);
            if (packaged != null) {
                builder.withSources(new PropertiesConfigSource(packaged, IN_PACKAGE));
            }
            if (Files.isReadable(BESIDE)) {
                builder.withSources(new PropertiesConfigSource(BESIDE.toUri().toURL(), IN_DIRECTORY));
            }
            return builder.build();
        } catch (IOException e) {
            throw new UsageException("the settings can't be read: " + e.getMessage());
        } catch (ConfigValidationException | IllegalArgumentException | NoSuchElementException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    static DoctorSettings of(SmallRyeConfig config) {
        try {
            var topics = config.getConfigMapping(Topics.class);
            var kafka = kafka(config);
            KafkaSettings.check(kafka, topics.compression());
            return new DoctorSettings(
                    kafka,
                    topics,
                    config.getConfigMapping(LedgerConfig.class),
                    List.of(group(config, "upstream-data-changed"), group(config, "inbox")),
                    OverHttp.of(config),
                    new Workspaces(config.getConfigMapping(WorkspaceConfig.class)).all());
        } catch (ConfigurationException | IllegalArgumentException | NoSuchElementException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static String group(SmallRyeConfig config, String channel) {
        return config.getValue("mp.messaging.incoming." + channel + ".group.id", String.class);
    }

    /** As Quarkus makes them: what begins with "kafka.", or is so in the environment. */
    private static Map<String, Object> kafka(SmallRyeConfig config) {
        var settings = new HashMap<String, Object>();
        settings.put("bootstrap.servers", "localhost:9092");
        for (var name : config.getPropertyNames()) {
            var plain = name.toLowerCase(Locale.ROOT).replace('_', '.');
            if (plain.startsWith(KAFKA)) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> settings.put(plain.substring(KAFKA.length()), value));
            }
        }
        return settings;
    }
}
