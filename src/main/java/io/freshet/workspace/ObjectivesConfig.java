package io.freshet.workspace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;

/** How fresh reports must be. The settings are texts here, so that {@link Objectives} can say in one line what is wrong with which. */
@ConfigMapping(prefix = "freshet.objectives")
public interface ObjectivesConfig {

    /** By the name that events and metrics have. */
    @WithParentName
    Map<String, Settings> objectives();

    /** Of one objective. */
    interface Settings {

        /** The workspace that it is for; may be left out where there is one. */
        Optional<String> account();

        /** Tokens of reports, separated by commas. */
        Optional<String> reports();

        /** Tokens of Collections, all of whose reports it is for. */
        Optional<String> spaces();

        /** Tokens of data sources: it is for all reports, as far as they show datasets of these. */
        Optional<String> dataSources();

        /** How old a change may become before its reports show it. */
        Optional<String> within();
    }
}
