package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Answer.Success;
import io.freshet.testing.LogLines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OddRowsTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final OddRows oddRows = new OddRows("acme", metrics);
    private final LogLines logged = LogLines.of(OddRows.class);

    @AfterEach
    void hearNoMore() {
        logged.close();
    }

    private void look(String subject, String... tokens) {
        var rows = new ArrayList<String>();
        for (var token : tokens) {
            rows.add("{\"token\":" + token + "}");
        }
        var body = "{\"_embedded\":{\"reports\":[" + String.join(",", rows) + "]}}";
        oddRows.look(
                subject,
                new Success<>(LenientJson.object(body.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow()));
    }

    @Test
    void shouldCountWhatIsLeftOutAndLogItOnceForEachThing() {
        look("d1", "\"report_0007\"", "\"a1\"", "null", "\"" + "x".repeat(65) + "\"");
        look("d1", "\"report_0007\"");
        look("d2", "\"a-b\"");

        assertThat(metrics.get("freshet.mode.rows.ignored").counter().count()).isEqualTo(5);
        assertThat(logged.texts()).hasSize(2).first().asString().contains("account=acme of=d1 rows=3", "report_0007");
    }

    @Test
    void shouldPutNothingIntoTheLogThatATerminalObeys() {
        look("d1", "\"\\u001b[2J\\u202e" + "x".repeat(500) + "\"");

        assertThat(logged.texts())
                .singleElement()
                .asString()
                .hasSizeLessThan(250)
                .matches("[ -~]+");
    }

    @Test
    void shouldSayNothingOfWhatIsAsUsual() {
        look("d1", "\"a1\"");
        look("d1");
        oddRows.look("d1", new Success<>(LenientJson.newObject().put("_embedded", "?")));
        oddRows.look("d1", new Answer.Failure<>(Kind.NOT_FOUND, 404, "no", Duration.ZERO));

        assertThat(logged.texts()).isEmpty();
        assertThat(metrics.get("freshet.mode.rows.ignored").counter().count()).isZero();
    }
}
