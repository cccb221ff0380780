package io.freshet.event;

import static io.freshet.event.Arrivals.ACME;
import static io.freshet.event.Arrivals.NOW;
import static io.freshet.event.Arrivals.RECORDED_AT;
import static io.freshet.event.Arrivals.usable;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records as real producers write them, by the numbers under which they were collected: each is taken for what it means, or
 * refused with a reason that names what was found and what to change.
 */
class FieldCasesTest {

    private static final String G = "{\"account\":\"acme\",\"data_source\":\"d1d1d1d1d1d1\"}";
    private static final String SCE =
            "{\"specversion\":\"1.0\",\"id\":\"s1\",\"source\":\"/etl\",\"type\":\"io.freshet.data-changed.v1\",\"data\":"
                    + G + "}";
    private static final String PLACE = "upstream-data-changed/3/42/1772344800123";

    private final EventReader reader = new EventReader();

    /** A record that is a change, with this identity and time. */
    record Taken(String name, InboundRecord record, String id, Instant changedAt) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A record that is none: its reason has these parts. */
    record Refused(String name, InboundRecord record, String code, List<String> parts) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Taken> taken() {
        return Stream.of(
                taken("01 structured without a content-type", Arrivals.plain(SCE), "s1"),
                taken("01 structured as JSON", json(SCE), "s1"),
                taken("01 structured by its content-type", Arrivals.structured(SCE), "s1"),
                taken("01 structured, its data in Base64", Arrivals.plain(base64()), "s1"),
                taken(
                        "03 an extension that is an object",
                        Arrivals.structured(with("\"confluentRouting\":{\"route\":\"x\"}")),
                        "s1"),
                taken(
                        "03 an extension with a large number",
                        Arrivals.structured(with("\"ingestedms\":1764151200123")),
                        "s1"),
                taken(
                        "03 an extension that is null",
                        Arrivals.structured(with("\"subject\":null,\"dataschema\":7")),
                        "s1"),
                taken("03 a header with an underscore", binary("ce_id", "e3", "ce_dag_id", "nightly"), "e3"),
                taken("03 a header with a capital", binary("ce_id", "e4", "ce_traceParent", "00-ab"), "e4"),
                taken("03 a schema that is no URI", binary("ce_id", "e5", "ce_dataschema", "no uri at all"), "e5"),
                taken("03 nothing but headers that nobody reads", Arrivals.of(utf8(G), "ce_dag_id", "nightly"), PLACE),
                at(
                        "04 ce_time as in HTTP, needed",
                        binary("ce_time", "Thu, 26 Feb 2026 06:00:00 GMT"),
                        "2026-02-26T06:00:00Z"),
                at(
                        "04 ce_time without a colon, needed",
                        binary("ce_time", "2026-02-26T06:00:00+0000"),
                        "2026-02-26T06:00:00Z"),
                at(
                        "04 ce_time with a space, needed",
                        binary("ce_time", "2026-02-26 06:00:00Z"),
                        "2026-02-26T06:00:00Z"),
                at("04 ce_time is nonsense and not needed", timed("ce_time", "nonsense"), "2026-02-26T06:00:00Z"),
                at(
                        "04 time is nonsense and not needed",
                        Arrivals.plain(with("\"time\":{}").replace(G, changedAt("2026-02-26T06:00:00Z"))),
                        "2026-02-26T06:00:00Z"),
                at("05 Python's str()", Arrivals.plain(changedAt("2026-02-26 06:00:00+00:00")), "2026-02-26T06:00:00Z"),
                at("05 Postgres", Arrivals.plain(changedAt("2026-02-26 06:00:00.5+00")), "2026-02-26T06:00:00.5Z"),
                at(
                        "05 Postgres, half an hour off",
                        Arrivals.plain(changedAt("2026-02-26 06:00:00+0530")),
                        "2026-02-26T00:30:00Z"),
                at("05 without seconds", Arrivals.plain(changedAt("2026-02-26T06:00Z")), "2026-02-26T06:00:00Z"),
                at(
                        "05 with nanoseconds",
                        Arrivals.plain(changedAt("2026-02-26T06:00:00.123456789Z")),
                        "2026-02-26T06:00:00.123456789Z"),
                at(
                        "05 a warehouse's UTC",
                        Arrivals.plain(changedAt("2026-02-26 06:00:00.000 UTC")),
                        "2026-02-26T06:00:00Z"),
                at("05 Ruby", Arrivals.plain(changedAt("2026-02-26 08:00:00 +0200")), "2026-02-26T06:00:00Z"),
                at(
                        "05 Java's ZonedDateTime",
                        Arrivals.plain(changedAt("2026-02-26T07:00+01:00[Europe/Paris]")),
                        "2026-02-26T06:00:00Z"),
                at("05 in small letters", Arrivals.plain(changedAt("2026-02-26t06:00:00z")), "2026-02-26T06:00:00Z"),
                new Taken("06 no timestamp anywhere", untimed(G), "upstream-data-changed/3/42/-1", NOW),
                new Taken(
                        "06 no timestamp, but a time",
                        untimed(changedAt("2026-02-26T06:00:00Z")),
                        "upstream-data-changed/3/42/-1",
                        Instant.parse("2026-02-26T06:00:00Z")),
                taken("07 a byte-order mark", Arrivals.of(utf8("\ufeff" + G)), PLACE),
                taken("07 a byte-order mark in binary mode", mode("\ufeff" + G, "ce_id", "b1"), "b1"),
                taken("07 a byte-order mark in structured mode", Arrivals.structured("\ufeff" + SCE), "s1"),
                taken("08 a quoted content-type", Arrivals.of(utf8(G), "content-type", "\"application/json\""), PLACE),
                taken("08 quoted attributes", binary("ce_id", "\"q1\"", "ce_source", "\"/etl\""), "q1"),
                taken("10 Content-Type", Arrivals.of(utf8(SCE), "Content-Type", "application/cloudevents+json"), "s1"),
                taken(
                        "10 the headers of HTTP",
                        Arrivals.of(
                                utf8(G),
                                "ce-id",
                                "h1",
                                "ce-source",
                                "/etl",
                                "ce-specversion",
                                "1.0",
                                "ce-type",
                                EventReader.CHANGE),
                        "h1"),
                taken(
                        "10 in capitals",
                        Arrivals.of(
                                utf8(G),
                                "CE_ID",
                                "h2",
                                "Ce_Source",
                                "/etl",
                                "ce_specVersion",
                                "1.0",
                                "CE_TYPE",
                                EventReader.CHANGE),
                        "h2"),
                taken(
                        "10 the headers of AMQP, as text",
                        Arrivals.of(
                                utf8(G),
                                "cloudEvents:id",
                                "h3",
                                "cloudEvents:source",
                                "/etl",
                                "cloudEvents_specversion",
                                "1.0",
                                "cloudEvents:type",
                                EventReader.CHANGE),
                        "h3"),
                taken("10 the binding's own go first", binary("ce-id", "hop", "ce_id", "h4"), "h4"),
                taken(
                        "12 an id as Debezium makes them",
                        binary("ce_id", "name:pg;lsn:1;txId:1"),
                        "name:pg;lsn:1;txId:1"),
                taken(
                        "47 further fields of a webhook",
                        Arrivals.plain(G.replace(
                                "}", ",\"event\":\"RUN\",\"payload\":{\"run_id\":1},\"created\":\"timestamp\"}")),
                        PLACE));
    }

    static Stream<Refused> refused() {
        return Stream.of(
                refused(
                        "01 structured, without data",
                        Arrivals.plain(SCE.replace("\"data\"", "\"other\"")),
                        "not_a_change",
                        "no \"data\" that is a JSON object"),
                refused(
                        "01 structured, its data a string",
                        Arrivals.plain(SCE.replace(G, "\"{}\"")),
                        "not_a_change",
                        "but a string",
                        "put the object itself there"),
                refused(
                        "01 structured, with both kinds of data",
                        Arrivals.plain(with("\"data_base64\":\"e30=\"")),
                        "not_a_change",
                        "\"data_base64\" too",
                        "leave one of them out"),
                refused(
                        "01 structured, its Base64 broken",
                        Arrivals.plain(base64().replace("eyJ", "*")),
                        "not_a_change",
                        "no Base64"),
                refused(
                        "01 structured, without an id",
                        Arrivals.plain(SCE.replace("\"id\"", "\"ID\"")),
                        "not_a_change",
                        "it has no id."),
                refused(
                        "01 structured, its id a number",
                        Arrivals.plain(SCE.replace("\"s1\"", "17")),
                        "not_a_change",
                        "\"id\" must be a string"),
                refused(
                        "01 structured, of another version",
                        Arrivals.plain(SCE.replace("1.0", "2.0")),
                        "not_a_change",
                        "specversion is \"2.0\"",
                        "send 1.0"),
                refused(
                        "03 an envelope in part",
                        Arrivals.of(utf8(G), "ce_id", "e6"),
                        "not_a_change",
                        "no ce_specversion, no ce_source, no ce_type",
                        "Add what is missing"),
                refused(
                        "04 a ce_time that is needed",
                        binary("ce_time", "26.02.2026 06:00"),
                        "not_a_change",
                        "\"time\" is \"26.02.2026 06:00\"",
                        "2026-01-31T06:00:00Z"),
                refused(
                        "05 no zone",
                        Arrivals.plain(changedAt("2026-02-26T06:00:00")),
                        "not_a_change",
                        "it has no zone",
                        "2026-02-26T06:00:00Z for UTC"),
                refused(
                        "05 a space and no zone",
                        Arrivals.plain(changedAt("2026-02-26 06:00:00.25")),
                        "not_a_change",
                        "it has no zone",
                        "2026-02-26T06:00:00.25Z for UTC"),
                refused(
                        "05 the name of a zone that means two",
                        Arrivals.plain(changedAt("2026-02-26 06:00:00 CST")),
                        "not_a_change",
                        "2026-01-31T06:00:00Z"),
                refused(
                        "05 a day",
                        Arrivals.plain(changedAt("2026-02-26")),
                        "not_a_change",
                        "\"2026-02-26\"",
                        "2026-01-31T06:00:00Z"),
                refused(
                        "05 seconds or milliseconds since 1970",
                        Arrivals.plain(changedAt("X").replace("\"X\"", "1764151200")),
                        "not_a_change",
                        "\"changed_at\" must be a string"),
                refused(
                        "07 UTF-16",
                        Arrivals.of(G.getBytes(StandardCharsets.UTF_16)),
                        "not_json",
                        "UTF-16",
                        "send JSON in UTF-8"),
                refused(
                        "07 UTF-16 without a mark",
                        Arrivals.of(G.getBytes(StandardCharsets.UTF_16LE)),
                        "not_json",
                        "UTF-16"),
                refused(
                        "07 UTF-16 of the other kind",
                        Arrivals.of(G.getBytes(StandardCharsets.UTF_16BE)),
                        "not_json",
                        "UTF-16"),
                refused(
                        "08 half a quote",
                        Arrivals.of(utf8(G), "content-type", "\"application/json"),
                        "not_json",
                        "\"\"application/json\": send application/json"),
                refused(
                        "09 a content-type in AMQP",
                        amqp("content-type", "a110", "application/json"),
                        "not_json",
                        "header \"content-type\"",
                        "AMQP",
                        "a1 10 61"),
                refused(
                        "09 an id in AMQP",
                        amqp("cloudEvents:id", "a102", "a9"),
                        "not_a_change",
                        "header \"cloudEvents:id\"",
                        "AMQP"),
                refused(
                        "10 an id that is no text",
                        amqp("ce_id", "ff00", "x"),
                        "not_a_change",
                        "header \"ce_id\" is no UTF-8 text",
                        "ff 00 78"),
                refused(
                        "11 Connect's schema",
                        Arrivals.plain("{\"schema\":{\"type\":\"struct\"},\"payload\":" + G + "}"),
                        "not_a_change",
                        "Kafka Connect",
                        "\"payload\"",
                        "value.converter.schemas.enable to false"),
                refused(
                        "11 JSON inside of a string",
                        Arrivals.plain("\"" + G.replace("\"", "\\\"") + "\""),
                        "not_json",
                        "encoded twice",
                        "value.converter"),
                refused(
                        "11 a struct that was printed",
                        Arrivals.plain("Struct{account=acme,data_source=d1d1d1d1d1d1}"),
                        "not_json",
                        "value.converter"),
                refused(
                        "11 a map that was printed",
                        Arrivals.plain("{account=acme, data_source=d1d1d1d1d1d1}"),
                        "not_json",
                        "value.converter"),
                refused(
                        "13 Go's zero time",
                        Arrivals.plain(changedAt("0001-01-01T00:00:00Z")),
                        "not_a_change",
                        "\"0001-01-01T00:00:00Z\"",
                        "from 2000-01-01 to one day ahead, or none"),
                refused(
                        "13 a leap second",
                        Arrivals.plain(changedAt("2016-12-31T23:59:60Z")),
                        "not_a_change",
                        "\"2016-12-31T23:59:60Z\"",
                        "2026-01-31T06:00:00Z"),
                refused(
                        "14 a schema registry's frame",
                        Arrivals.of(bytes("0000000007", G)),
                        "not_json",
                        "schema registry framing",
                        "schema id 7"),
                refused(
                        "14 another registry's frame",
                        Arrivals.of(bytes("0300" + "ab".repeat(16), G)),
                        "not_json",
                        "Glue schema registry"),
                refused(
                        "14 compressed by the writer",
                        Arrivals.of(bytes("1f8b0800", "")),
                        "not_json",
                        "compression.type"),
                refused(
                        "47 a webhook of dbt",
                        Arrivals.plain(
                                "{\"event\":\"RUN\",\"payload\":{\"run_id\":1,\"account_id\":2,\"status\":\"Running\"}}"),
                        "not_a_change",
                        "It has \"event\", \"payload\".",
                        "name a \"data_source\""),
                refused(
                        "47 a webhook of Fivetran",
                        Arrivals.plain(
                                "{\"event\":\"test_event\",\"created\":\"timestamp\",\"connector_id\":\"_c_1\"}"),
                        "not_a_change",
                        "\"event\", \"created\", \"connector_id\""),
                refused(
                        "48 a context beside a body",
                        Arrivals.plain(
                                "{\"context\":{\"specversion\":\"1.0\",\"id\":\"a1\",\"source\":\"kafka\",\"type\":\"kafka\"},\"data\":{\"topic\":\"t\",\"partition\":0,\"body\":\"eyJ9\"}}"),
                        "not_a_change",
                        "It has \"context\", \"data\".",
                        "name a \"data_source\""),
                refused(
                        "48 a change that is wrapped",
                        Arrivals.plain("{\"context\":{},\"body\":" + G + "}"),
                        "not_a_change",
                        "inside of \"body\""),
                refused("48 nothing", Arrivals.plain("{}"), "not_a_change", "It is empty."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("taken")
    void shouldTakeItForWhatItMeans(Taken one) {
        var change = usable(reader.readChange(one.record(), ACME, NOW));

        assertThat(change.account()).isEqualTo("acme");
        assertThat(change.target()).isEqualTo(new Target.DataSource("d1d1d1d1d1d1"));
        assertThat(change.ref().id()).isEqualTo(one.id());
        assertThat(change.ref().source()).isIn("/etl", "/kafka/upstream-data-changed");
        assertThat(change.ref().changedAt()).isEqualTo(one.changedAt());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void shouldSayWhatWasFoundAndWhatToChange(Refused one) {
        var decoded = reader.readChange(one.record(), ACME, NOW);

        assertThat(decoded).isInstanceOf(Decoded.Unusable.class);
        var unusable = (Decoded.Unusable<?>) decoded;
        assertThat(unusable.code()).as(unusable.reason()).isEqualTo(one.code());
        assertThat(unusable.reason()).contains(one.parts()).endsWith(".").hasSizeLessThan(400);
        assertThat(unusable.reason()).as("printable").matches("[\\P{C}]*");
    }

    private static Taken taken(String name, InboundRecord record, String id) {
        return new Taken(name, record, id, RECORDED_AT);
    }

    /** In binary mode with the usual id, or plain or structured. */
    private static Taken at(String name, InboundRecord record, String changedAt) {
        var hasHeader = record.headers().lastHeader("ce_id") != null;
        var isStructured =
                new String(Objects.requireNonNull(record.value()), StandardCharsets.UTF_8).contains("specversion");
        return new Taken(name, record, hasHeader ? "load-1" : isStructured ? "s1" : PLACE, Instant.parse(changedAt));
    }

    private static Refused refused(String name, InboundRecord record, String code, String... parts) {
        return new Refused(name, record, code, List.of(parts));
    }

    private static InboundRecord json(String value) {
        return Arrivals.of(utf8(value), "content-type", "application/json");
    }

    private static InboundRecord binary(String... headers) {
        return Arrivals.binary(G, headers);
    }

    private static InboundRecord mode(String value, String... headers) {
        return Arrivals.binary(value, headers);
    }

    private static InboundRecord timed(String... headers) {
        return Arrivals.binary(changedAt("2026-02-26T06:00:00Z"), headers);
    }

    private static String with(String attributes) {
        return SCE.replace("\"data\"", attributes + ",\"data\"");
    }

    private static String changedAt(String time) {
        return G.replace("}", ",\"changed_at\":\"" + time + "\"}");
    }

    private static String base64() {
        return SCE.replace(
                "\"data\":" + G, "\"data_base64\":\"" + Base64.getEncoder().encodeToString(utf8(G)) + "\"");
    }

    private static InboundRecord untimed(String value) {
        return new InboundRecord(
                "upstream-data-changed", 3, 42, Instant.ofEpochMilli(-1), null, utf8(value), new RecordHeaders());
    }

    private static InboundRecord amqp(String name, String prefix, String value) {
        var record = Arrivals.of(utf8(G));
        record.headers().add(name, bytes(prefix, value));
        return record;
    }

    private static byte[] bytes(String hex, String text) {
        var begin = HexFormat.of().parseHex(hex);
        var end = utf8(text);
        var bytes = Arrays.copyOf(begin, begin.length + end.length);
        System.arraycopy(end, 0, bytes, begin.length, end.length);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return Arrivals.utf8(text);
    }
}
