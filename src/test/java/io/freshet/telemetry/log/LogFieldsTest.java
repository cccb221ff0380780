package io.freshet.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Target;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class LogFieldsTest {

    private final LogFields fields = new LogFields();

    private Map<String, String> saidBy(String logger, String format, Object... values) {
        var line = new ExtLogRecord(Level.INFO, format, ExtLogRecord.FormatStyle.PRINTF, "");
        line.setLoggerName(logger);
        line.setParameters(values);

        assertThat(fields.isLoggable(line)).isTrue();
        return line.getMdcCopy();
    }

    private Map<String, String> of(String format, Object... values) {
        return saidBy("io.freshet.telemetry.Telemetry", format, values);
    }

    @Test
    void shouldNameWhatALineSays() {
        assertThat(of("run accepted account=%s report=%s datasets=%d adopted=%s", "acme", "4e90", 2, true))
                .isEqualTo(Map.of("account", "acme", "report", "4e90", "datasets", "2", "adopted", "true"));
    }

    @Test
    void shouldNameWhatIsPutTogether() {
        assertThat(of(
                        "dead letter record=%s/%d/%d code=%s reason=\"%s\"",
                        "changes", 0, 17, "not_json", "No \"JSON\"."))
                .isEqualTo(Map.of("record", "changes/0/17", "code", "not_json", "reason", "No \"JSON\"."));
        assertThat(of("restoring partitions=%d progress=%d%%", 6, 40))
                .isEqualTo(Map.of("partitions", "6", "progress", "40%"));
        assertThat(of("mode=throttling account=%s", "acme")).containsEntry("mode", "throttling");
    }

    @Test
    void shouldNameAPartThatHasAKeyOfItsOwn() {
        assertThat(of("planned account=%s %s changes=%d", "acme", new Target.DataSource("50ac"), 1))
                .containsEntry("data_source", "50ac");
    }

    @Test
    void shouldNotTakeAWordOfOthersForAKey() {
        assertThat(of("changes wait account=%s cause=\"%s\"", "acme", "no\" account=other run=\"f00"))
                .isEqualTo(Map.of("account", "acme", "cause", "no\" account=other run=\"f00"));
        assertThat(of("it failed: %s", "account=other and more")).isEmpty();
        assertThat(saidBy("org.apache.kafka.Consumer", "account=%s", "other")).isEmpty();
    }

    @Test
    void shouldNotMindALineThatLacksAValue() {
        assertThat(of("account=%s report=%s", "acme")).isEqualTo(Map.of("account", "acme"));
    }
}
