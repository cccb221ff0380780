package io.freshet.event;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The facets that Freshet gives its OpenLineage events, each under the schema that it is of. */
final class LineageFacets {

    private static final String SPEC = "https://openlineage.io/spec/facets/";

    private LineageFacets() {}

    static void jobType(ObjectNode facets, Kind kind) {
        add(facets, "jobType", SPEC + "2-0-4/JobTypeJobFacet.json#/$defs/JobTypeJobFacet")
                .put("processingType", "BATCH")
                .put("integration", "FRESHET")
                .put("jobType", kind == Kind.DATASET ? "DATASET_RUN" : "REPORT_REFRESH");
    }

    static void documentation(ObjectNode facets, String text) {
        add(facets, "documentation", SPEC + "1-1-0/DocumentationJobFacet.json#/$defs/DocumentationJobFacet")
                .put("description", text);
    }

    /** The language of what Mode runs; the schema wants one. */
    static void errorMessage(ObjectNode facets, String message) {
        add(facets, "errorMessage", SPEC + "1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet")
                .put("message", message)
                .put("programmingLanguage", "SQL");
    }

    /** Freshet's own, which docs/openlineage-facet.json describes. */
    static ObjectNode refresh(ObjectNode facets) {
        return add(
                facets,
                "freshet_refresh",
                LineageProducer.URI + ":openlineage-facet:1-0-0#/$defs/FreshetRefreshRunFacet");
    }

    static void datasetType(ObjectNode facets, Kind kind) {
        add(facets, "datasetType", SPEC + "1-0-1/DatasetTypeDatasetFacet.json#/$defs/DatasetTypeDatasetFacet")
                .put("datasetType", kind == Kind.DATASET ? "TABLE" : "REPORT");
    }

    static void dataSource(ObjectNode facets, String name, String uri) {
        add(facets, "dataSource", SPEC + "1-0-1/DatasourceDatasetFacet.json#/$defs/DatasourceDatasetFacet")
                .put("name", name)
                .put("uri", uri);
    }

    /** Another name: an address, taken apart as OpenLineage does with those of files. */
    static void symlink(ObjectNode facets, String namespace, String name) {
        add(facets, "symlinks", SPEC + "1-0-1/SymlinksDatasetFacet.json#/$defs/SymlinksDatasetFacet")
                .putArray("identifiers")
                .addObject()
                .put("namespace", namespace)
                .put("name", name)
                .put("type", "LOCATION");
    }

    private static ObjectNode add(ObjectNode facets, String name, String schema) {
        return facets.putObject(name).put("_producer", LineageProducer.URI).put("_schemaURL", schema);
    }
}
