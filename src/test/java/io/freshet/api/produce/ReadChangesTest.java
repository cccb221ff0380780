package io.freshet.api.produce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ConfiguredAccounts;
import io.freshet.event.InboundRecord;
import io.freshet.event.Topics;
import io.freshet.intake.InputReader;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** From a request to the records of the topic, or to what is wrong with it. */
class ReadChangesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T06:00:05Z");
    private static final Topics TOPICS =
            new SmallRyeConfigBuilder().withMapping(Topics.class).build().getConfigMapping(Topics.class);
    private static final String EVENT =
            "{\"specversion\":\"1.0\",\"type\":\"io.freshet.data-changed.v1\",\"source\":\"/etl\",\"id\":\"%s\",\"data\":{\"account\":\"acme\",\"space\":\"5a\"}}";

    private final ReadChanges read =
            new ReadChanges(new InputReader(ConfiguredAccounts.of("acme", "globex"), TOPICS, 1_000), () -> "new-id");

    private static RequestRecords request(Map<String, List<String>> headers) {
        return new RequestRecords("upstream-data-changed", headers, NOW);
    }

    private static InboundRecord plain(String json) {
        return request(Map.of("Authorization", List.of("Bearer secret"), "ce_id", List.of("no attribute")))
                .json(json.getBytes(UTF_8));
    }

    private static InboundRecord event(String json) {
        return request(Map.of()).event(json.getBytes(UTF_8));
    }

    private List<PostedChange> good(InboundRecord... records) {
        return read.judge(Arrays.asList(records), NOW).fold(ReadChanges.Judged.Good::changes, bad -> {
            throw new AssertionError(bad.toString());
        });
    }

    private List<RefusedChanges.Refused> bad(InboundRecord... records) {
        return read.judge(Arrays.asList(records), NOW)
                .fold(
                        good -> {
                            throw new AssertionError(good.toString());
                        },
                        ReadChanges.Judged.Bad::refused);
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
        var headers = new TreeMap<String, String>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }

    @Test
    void shouldGiveAPlainChangeAnIdentityThatItsSenderCanAskBy() {
        var json = "{\"account\": \"globex\", \"data_source\": \"5a\"}";

        var posted = good(plain(json)).get(0);

        assertThat(posted.change().ref().source()).isEqualTo("/http");
        assertThat(posted.change().ref().id()).isEqualTo("new-id");
        assertThat(posted.change().ref().changedAt()).isEqualTo(NOW);
        var written = posted.written();
        assertThat(written.topic()).isEqualTo("upstream-data-changed");
        assertThat(written.partition()).isNull();
        assertThat(written.key()).asString().isEqualTo("globex");
        assertThat(written.value()).asString().isEqualTo(json);
        assertThat(headers(written))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "content-type",
                        "application/json",
                        "ce_specversion",
                        "1.0",
                        "ce_type",
                        "io.freshet.data-changed.v1",
                        "ce_source",
                        "/http",
                        "ce_id",
                        "new-id",
                        "ce_time",
                        "2026-03-01T06:00:05Z"));
    }

    @Test
    void shouldTakeTheAttributesFromTheHeadersOfTheRequestAndNoOtherHeader() {
        var utf8 = new String("küche".getBytes(UTF_8), ISO_8859_1);
        var record = request(Map.of(
                        "Ce-SpecVersion", List.of("1.0"),
                        "ce-type", List.of("io.freshet.data-changed.v1"),
                        "CE-SOURCE", List.of("/etl/" + utf8),
                        "ce-id", List.of("%E2%82%AC%20100%"),
                        "traceparent", List.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                        "Authorization", List.of("Bearer secret")))
                .json("{\"account\": \"acme\", \"space\": \"5a\"}".getBytes(UTF_8));

        var posted = good(record).get(0);

        assertThat(posted.change().ref().source()).isEqualTo("/etl/küche");
        assertThat(posted.change().ref().id()).isEqualTo("€ 100%");
        assertThat(posted.change().traces().parents()).hasSize(1);
        assertThat(headers(posted.written()))
                .containsOnlyKeys("content-type", "ce_specversion", "ce_type", "ce_source", "ce_id", "traceparent");
    }

    @Test
    void shouldWriteAnEventAsItCame() {
        var json = EVENT.formatted("load-1");

        var posted = good(event(json), plain(json));

        assertThat(posted).extracting(one -> one.change().ref().id()).containsExactly("load-1", "load-1");
        assertThat(posted.get(0).written().value()).asString().isEqualTo(json);
        assertThat(headers(posted.get(0).written())).isEqualTo(Map.of("content-type", "application/cloudevents+json"));
    }

    @Test
    void shouldTakeNothingIfOneIsBadAndSayWhatIsWrongWithEach() {
        var refused = bad(
                event(EVENT.formatted("load-1")),
                event(EVENT.formatted("")),
                event("[]"),
                plain("{\"space\": \"5a\"}"),
                plain("{\"account\": \"acme\", \"space\": \"%s\"}".formatted("5".repeat(1_000))),
                plain("{\"account\": \"acme\", \"space\": \"5-a\"}"));

        assertThat(refused)
                .extracting(one -> one.index() + " " + one.code())
                .containsExactly("1 not_a_change", "2 not_json", "3 unknown_account", "4 too_large", "5 bad_token");
        assertThat(refused).allSatisfy(one -> assertThat(one.reason()).endsWith("."));
    }

    @Test
    void shouldRefuseAnEnvelopeThatIsBroken() {
        var record = request(Map.of("ce-source", List.of("/etl"))).json("{\"account\": \"acme\"}".getBytes(UTF_8));

        assertThat(bad(record)).singleElement().satisfies(one -> assertThat(one.reason())
                .contains("envelope is broken"));
    }
}
