package io.freshet.api.produce;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.event.InboundRecord;
import io.freshet.event.OwnIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** One configured webhook, and what change a load of it is. */
record WebhookSender(String name, WebhookKind kind, WebhooksConfig.Sender settings) {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    /** Whether loads of one of these origins count. */
    boolean wants(Set<String> origins) {
        return settings.only().map(only -> !Collections.disjoint(only, origins)).orElse(true);
    }

    /** The change, as a record of its topic. The same load is the same change. */
    InboundRecord change(String topic, WebhookEvent.Loaded load, Instant now) {
        var change = MAPPER.createObjectNode();
        settings.account().ifPresent(account -> change.put("account", account));
        settings.dataSource().ifPresent(source -> change.put("data_source", source));
        settings.tables().ifPresent(tables -> tables.forEach(change.withArray("tables")::add));
        load.endedAt().ifPresent(time -> change.put("changed_at", time.toString()));
        change.put("reason", load.reason());
        var value = change.toString().getBytes(StandardCharsets.UTF_8);
        var plain = new InboundRecord(topic, 0, 0, now, null, value, new RecordHeaders());
        return OwnIdentity.give(plain, "/webhooks/" + name, load.id(), now);
    }
}
