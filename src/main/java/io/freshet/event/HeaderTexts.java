package io.freshet.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The headers of a record that Freshet reads, as text. Names count in any case, and a CloudEvents attribute by each prefix
 * that writers give it. A pair of quotes around a value isn't part of it: some mappers write every header as JSON.
 */
final class HeaderTexts implements Attributes {

    static final String CONTENT_TYPE = "content-type";

    /** That of the Kafka binding, which goes before the others: those of HTTP, and of AMQP in both of its spellings. */
    private static final List<String> PREFIXES = List.of("ce_", "ce-", "cloudevents:", "cloudevents_");

    private static final String ATTRIBUTE = PREFIXES.get(0);
    private static final List<Integer> AMQP_STRINGS = List.of(0xa1, 0xb1);

    private final Map<String, Named> byName = new HashMap<>();
    private final String wrong;

    /** @param rank the lower one goes first */
    private record Named(Header header, int rank) {}

    /** @param wrong the code of a record whose headers can't be read */
    HeaderTexts(Headers headers, String wrong) {
        this.wrong = wrong;
        for (var header : headers) {
            if (header.value() != null) {
                add(header);
            }
        }
    }

    private void add(Header header) {
        var name = header.key().toLowerCase(Locale.ROOT);
        if (name.equals(CONTENT_TYPE) || name.equals(Traces.NAME)) {
            put(name, header, 0);
        }
        for (var rank = 0; rank < PREFIXES.size(); rank++) {
            var prefix = PREFIXES.get(rank);
            if (name.startsWith(prefix)) {
                put(ATTRIBUTE + name.substring(prefix.length()), header, rank);
            }
        }
    }

    /** Of two with the same name, the last one counts. */
    private void put(String name, Header header, int rank) {
        byName.merge(name, new Named(header, rank), (before, now) -> before.rank() < now.rank() ? before : now);
    }

    /** In small letters; empty where nothing is said. */
    Optional<String> contentType() {
        return text(CONTENT_TYPE, "not_json")
                .map(type -> type.strip().toLowerCase(Locale.ROOT))
                .filter(type -> !type.isEmpty());
    }

    /** The trace parent of the last hop, or of the event. What is no text is no trace. */
    Traces traces() {
        var ofHop = traces(Traces.NAME);
        return ofHop.parents().isEmpty() ? traces(ATTRIBUTE + Traces.NAME) : ofHop;
    }

    private Traces traces(String name) {
        return Optional.ofNullable(byName.get(name))
                .map(named -> Traces.of(new String(named.header().value(), StandardCharsets.UTF_8)))
                .orElseGet(Traces::none);
    }

    boolean has(String attribute) {
        return byName.containsKey(ATTRIBUTE + attribute);
    }

    @Override
    public Optional<String> get(String attribute) {
        return text(ATTRIBUTE + attribute, wrong);
    }

    @Override
    public String name(String attribute) {
        var named = byName.get(ATTRIBUTE + attribute);
        return named == null ? ATTRIBUTE + attribute : named.header().key();
    }

    private Optional<String> text(String name, String code) {
        return Optional.ofNullable(byName.get(name)).map(named -> unquoted(text(named.header(), code)));
    }

    private static String text(Header header, String code) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header.value()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unusable(
                    code,
                    "The header %s is %s (it begins with the bytes %s): send its text as UTF-8."
                            .formatted(
                                    SafeText.of(header.key()),
                                    isAmqp(header.value())
                                            ? "encoded as AMQP does it, not UTF-8 text"
                                            : "no UTF-8 text",
                                    HexFormat.ofDelimiter(" ")
                                            .formatHex(header.value(), 0, Math.min(8, header.value().length))));
        }
    }

    /** A string with its length in front. */
    private static boolean isAmqp(byte[] value) {
        return value.length > 1 && AMQP_STRINGS.contains(value[0] & 0xff);
    }

    private static String unquoted(String text) {
        var isQuoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return isQuoted ? text.substring(1, text.length() - 1) : text;
    }
}
