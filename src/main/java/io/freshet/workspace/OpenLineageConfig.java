package io.freshet.workspace;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Which data source a namespace of OpenLineage is. The settings are texts here, as those of objectives are. */
@ConfigMapping(prefix = "freshet.openlineage")
public interface OpenLineageConfig {

    /** In the order in which they are looked at. */
    List<Mapping> mappings();

    /** One of them. */
    interface Mapping {

        /** Of OpenLineage; with {@code *} for anything. */
        Optional<String> namespace();

        /** Of the datasets there that it is about, with {@code *} for anything; all, where it isn't set. */
        Optional<String> name();

        /** The workspace whose data sources these are; may be left out where there is one. */
        Optional<String> account();

        /** Tokens of data sources, separated by commas. */
        Optional<String> dataSource();

        /** Whether these datasets are of no concern. */
        Optional<String> ignore();
    }
}
