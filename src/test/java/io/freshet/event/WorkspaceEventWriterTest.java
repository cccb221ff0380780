package io.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is told of a workspace, byte for byte as readers get it. */
@Execution(ExecutionMode.CONCURRENT)
class WorkspaceEventWriterTest {

    private static final Instant AT = Instant.parse("2026-03-01T06:00:00Z");

    private static JsonNode written(FactKey key, Optional<String> by) throws IOException {
        var event = WorkspaceChanged.now(new WorkspaceFact(key, "month end", by, AT));
        var written = new WorkspaceEventWriter().write("workspace-changed", event);
        assertThat(written.key()).isEqualTo("acme".getBytes(UTF_8));
        return new ObjectMapper().readTree(written.value());
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void shouldNameTheThingByItsToken() throws IOException {
        var written = written(FactKey.held("acme", Subject.dataSource("5a1d")), Optional.of("ops"));

        assertThat(written).isEqualTo(json("""
                                {"account": "acme", "what": "held", "kind": "data_source", "subject": "5a1d",
                                 "why": "month end", "by": "ops", "at": "2026-03-01T06:00:00Z"}
                                """));
    }

    @Test
    void shouldNameAKeyAsItIs() throws IOException {
        var written = written(FactKey.quarantined("acme", "acme/reports/r1").orElseThrow(), Optional.empty());

        assertThat(written).isEqualTo(json("""
                                {"account": "acme", "what": "quarantined", "kind": "key", "subject": "acme/reports/r1",
                                 "why": "month end", "at": "2026-03-01T06:00:00Z"}
                                """));
    }

    @Test
    void shouldNameNothingWhereItIsTheWorkspace() throws IOException {
        var written = written(FactKey.held("acme", Subject.WORKSPACE), Optional.empty());

        assertThat(written).isEqualTo(json("""
                                {"account": "acme", "what": "held", "why": "month end", "at": "2026-03-01T06:00:00Z"}
                                """));
    }
}
