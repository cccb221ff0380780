package io.freshet.workspace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;
import io.smallrye.config.WithUnnamedKey;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the workspaces: {@code freshet.workspace.*} for the one, {@code freshet.workspace."NAME".*} for
 * further ones. They are texts here, so that {@link Workspaces} can say in one line what is wrong with which.
 */
@ConfigMapping(prefix = "freshet.workspace")
public interface WorkspaceConfig {

    /** The name, in this map, of the workspace that has none. */
    String UNNAMED = "<default>";

    @WithParentName
    @WithUnnamedKey(UNNAMED)
    @WithDefaults
    Map<String, Settings> workspaces();

    /** Of one workspace. */
    interface Settings {

        /** The workspace's username in Mode. */
        Optional<String> account();

        /** Root of the API host; {@code /api} is added. */
        @WithDefault("https://app.mode.com")
        String url();

        /** Whether the API host may be called over plain {@code http}; loopback always may. */
        @WithDefault("false")
        String allowHttp();

        /** The API token: the user name of Basic authentication. */
        Optional<String> token();

        /** The API secret: the password of Basic authentication. */
        Optional<String> secret();

        /** A directory with the files {@code token} and {@code secret}, read anew for each call. */
        Optional<String> credentialsDirectory();

        /** Whether names of reports and datasets are kept and told, beside their tokens. */
        @WithDefault("true")
        String names();

        /** Whether runs are posted (post), or all is only planned and told (shadow). */
        @WithDefault("post")
        String runs();

        /** What may be run; all if it isn't set. */
        Optional<String> include();

        /** What may not. */
        Optional<String> exclude();

        RateLimit rateLimit();

        /** Whether datasets are run before the reports that import them: auto, always or never. */
        @WithDefault("auto")
        String datasetsFirst();

        /** Whether a change that names tables is for all datasets of its data source, or those that mention them. */
        @WithDefault("data-source")
        String precision();

        /** What is otherwise for some data sources, by token. */
        Map<String, OfDataSource> dataSources();

        /** Of one data source. */
        interface OfDataSource {

            /** As for the workspace, which counts where this isn't set. */
            Optional<String> datasetsFirst();

            /** As for the workspace, which counts where this isn't set. */
            Optional<String> precision();

            /** By the name of a view, the tables that it reads. */
            Map<String, String> views();
        }

        /** Mode's limit, which the owner of the workspace has whole. */
        interface RateLimit {

            /** So many calls in any {@link #period()}. */
            @WithDefault("40")
            String requests();

            @WithDefault("10s")
            String period();
        }
    }
}
