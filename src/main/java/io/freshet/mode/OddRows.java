package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** Rows of listings that are left out, as their token must not stand in a URL. They are counted, and logged once. */
final class OddRows {

    private static final Logger LOG = Logger.getLogger(OddRows.class);
    private static final int MOST_LOGGED = 1_000;
    private static final int LONGEST = 80;

    private final String account;
    private final Counter counter;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    OddRows(String account, MeterRegistry metrics) {
        this.account = account;
        this.counter = Counter.builder("freshet.mode.rows.ignored")
                .description("rows of Mode's listings whose token is none")
                .tag("account", account)
                .register(metrics);
    }

    /** @param subject what was listed */
    void look(String subject, Answer<JsonNode> answer) {
        answer.<Boolean>fold(body -> look(subject, body), failure -> false);
    }

    private boolean look(String subject, JsonNode body) {
        var odd = StreamSupport.stream(body.path("_embedded").spliterator(), false)
                .filter(JsonNode::isArray)
                .flatMap(rows -> StreamSupport.stream(rows.spliterator(), false))
                .filter(row -> LenientJson.token(row).isEmpty())
                .toList();
        if (odd.isEmpty()) {
            return false;
        }
        counter.increment(odd.size());
        if (logged.size() < MOST_LOGGED && logged.add(subject)) {
            LOG.warnf(
                    "rows=ignored account=%s of=%s rows=%d token=%s: a token has 1 to 64 letters and digits",
                    account, subject, odd.size(), shown(odd.get(0).path("token")));
        }
        return true;
    }

    private static String shown(JsonNode token) {
        var text = token.toString().replaceAll("[^ -~]", "?");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
