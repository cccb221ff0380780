package io.freshet.lineage;

import java.util.List;

/** Events in the shapes that OpenLineage's integrations write them in. */
public final class LineageSamples {

    static final String PRODUCER = "https://github.com/OpenLineage/OpenLineage/tree/1.52.0/integration/airflow";

    /** A task, with all of its facets in front of what is read. */
    public static final String AIRFLOW_TASK = """
            {"eventType":"COMPLETE","eventTime":"2026-03-01T05:59:59.391222+00:00",
             "producer":"%s",
             "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunUpdate",
             "run":{"runId":"0197ad84-7a0d-7527-9f8a-a08602319b4d","facets":{
               "nominalTime":{"nominalStartTime":"2026-03-01T05:00:00Z"},
               "parent":{"run":{"runId":"0197ad84-0000-7527-9f8a-a08602319b4d"},"job":{"namespace":"airflow","name":"shop"}},
               "airflow":{"dag":{"tags":["a","b"],"owner":"data"},"taskInstance":{"try_number":1}}}},
             "job":{"namespace":"airflow","name":"shop.load_orders","facets":{
               "jobType":{"integration":"AIRFLOW","jobType":"TASK","processingType":"BATCH"},
               "sql":{"query":"insert into orders select * from stage"}}},
             "inputs":[{"namespace":"postgres://db.acme.example:5432","name":"shop.public.stage"}],
             "outputs":[{"namespace":"postgres://db.acme.example:5432","name":"shop.public.orders","facets":{"theirs":[]}}]}
            """.formatted(PRODUCER);

    /** A query of Spark's that writes into a catalogue's table: the dataset is a path. */
    public static final String SPARK_SQL_JOB = """
            {"eventTime":"2026-03-01T06:00:00.123Z",
             "producer":"https://github.com/OpenLineage/OpenLineage/tree/1.52.0/integration/spark",
             "run":{"facets":{"spark.logicalPlan":{"plan":[{"class":"InsertInto","num-children":0,"table":{"a":[[[]]]}}]},
               "processing_engine":{"name":"spark","version":"3.5.1"}},"runId":"0197ad84-1111-7527-9f8a-a08602319b4d"},
             "eventType":"COMPLETE",
             "outputs":[{"name":"warehouse/shop/orders","namespace":"s3://lake","facets":{
               "symlinks":{"identifiers":[
                 {"namespace":"s3://lake/warehouse","name":"shop.orders","type":"LOCATION"},
                 {"namespace":"unity-catalog","name":"main.shop.orders","type":"TABLE"}]},
               "schema":{"fields":[{"name":"id","type":"integer"}]}},
               "outputFacets":{"outputStatistics":{"rowCount":0,"size":0}}}],
             "job":{"facets":{"jobType":{"processingType":"BATCH","integration":"SPARK","jobType":"SQL_JOB"}},
               "namespace":"spark","name":"shop.execute_insert_into"}}
            """;

    /** A model of dbt's, whose times have nine digits and another zone. */
    public static final String DBT_MODEL = """
            {"eventType":"COMPLETE","eventTime":"2026-03-01T15:00:00.391222794+10:00",
             "producer":"https://github.com/OpenLineage/OpenLineage/tree/1.52.0/integration/dbt",
             "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunUpdate",
             "run":{"runId":"0197ad84-2222-7527-9f8a-a08602319b4d","facets":{"dbt_version":{"version":"1.9.0"}}},
             "job":{"namespace":"dbt","name":"prod.shop.orders","facets":{
               "jobType":{"processingType":"BATCH","integration":"DBT","jobType":"MODEL"}}},
             "inputs":[],
             "outputs":[{"namespace":"snowflake://acme-prod","name":"ANALYTICS.CORE.orders","facets":{},
               "outputFacets":{"outputStatistics":{"rowCount":123}}}]}
            """;

    /** In the mode that follows dbt's log, a model that fails names what it would have written. */
    public static final String DBT_MODEL_FAILED = DBT_MODEL.replace("\"COMPLETE\"", "\"FAIL\"");

    /** In the mode that reads dbt's artifacts, outputs are missing at the end if it fails, and a beginning has them. */
    public static final List<String> DBT_ARTIFACTS_FAILED = List.of(
            DBT_MODEL.replace("\"COMPLETE\"", "\"START\""),
            DBT_MODEL_FAILED.replaceAll("(?s)\"outputs\":\\[.*]}", "\"outputs\":[]}"));

    public static final String DBT_TEST = """
            {"eventType":"COMPLETE","eventTime":"2026-03-01T06:00:00Z","producer":"dbt",
             "run":{"runId":"0197ad84-3333-7527-9f8a-a08602319b4d"},
             "job":{"namespace":"dbt","name":"prod.shop.orders.test","facets":{
               "jobType":{"processingType":"BATCH","integration":"DBT","jobType":"TEST"}}},
             "inputs":[{"namespace":"snowflake://acme-prod","name":"ANALYTICS.CORE.orders"}],
             "outputs":[{"namespace":"snowflake://acme-prod","name":"ANALYTICS.dbt_test__audit.not_null_orders_id"}]}
            """;

    /** A streaming job tells of each checkpoint, and may never end. */
    public static final String FLINK_CHECKPOINT = """
            {"eventType":"RUNNING","eventTime":"2026-03-01T06:00:00Z",
             "producer":"https://github.com/OpenLineage/OpenLineage/tree/1.52.0/integration/flink",
             "run":{"runId":"0197ad84-4444-7527-9f8a-a08602319b4d","facets":{"checkpoints":{"completed":4,"failed":0}}},
             "job":{"namespace":"flink","name":"orders-to-mysql","facets":{
               "jobType":{"processingType":"STREAMING","integration":"FLINK","jobType":"JOB"}}},
             "inputs":[{"namespace":"kafka://broker:9092","name":"orders"}],
             "outputs":[{"namespace":"mysql://db:3306","name":"shop.orders"}]}
            """;

    public static final String DATASET_EVENT = """
            {"eventTime":"2026-03-01T06:00:00Z","producer":"p",
             "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent",
             "dataset":{"namespace":"postgres://db:5432","name":"shop.public.orders"}}
            """;

    public static final String JOB_EVENT = """
            {"eventTime":"2026-03-01T06:00:00Z","producer":"p",
             "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/JobEvent",
             "job":{"namespace":"n","name":"j"},
             "outputs":[{"namespace":"postgres://db:5432","name":"shop.public.orders"}]}
            """;

    private LineageSamples() {}
}
