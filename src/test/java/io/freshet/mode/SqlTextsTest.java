package io.freshet.mode;

import static io.freshet.mode.Caller.failure;
import static io.freshet.mode.Caller.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.mode.Answer.Kind;
import io.freshet.sandbox.SampleWorkspace;
import io.freshet.sandbox.Sandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
class SqlTextsTest {

    private static final String ORDERS = "dbdff5177298";

    @SuppressWarnings("NullAway.Init")
    private Sandbox sandbox;

    @SuppressWarnings("NullAway.Init")
    private Mode mode;

    @BeforeEach
    void start() {
        sandbox = Caller.startSandbox();
        mode = Caller.of(sandbox).mode();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void shouldReadWhatADatasetAsks() {
        sandbox.workspace().sql().write(ORDERS, "SELECT *\n\tFROM {{ @paid }} -- \"core\".orders\n");

        assertThat(success(mode.sqlTexts().of(ORDERS))).isEqualTo("SELECT *\n\tFROM {{ @paid }} -- \"core\".orders\n");
    }

    @Test
    void shouldReadTheDefinitionsOfTheWorkspace() {
        sandbox.workspace().sql().define("paid", "SELECT 1");
        sandbox.workspace().sql().define("open", "SELECT 2");

        assertThat(success(mode.sqlTexts().definitions()))
                .isEqualTo(List.of(new Definition("paid", "SELECT 1"), new Definition("open", "SELECT 2")));
    }

    @Test
    void shouldFindNoDefinitionsWhereThereAreNone() {
        assertThat(success(mode.sqlTexts().definitions())).isEmpty();
    }

    @Test
    void shouldFailIfTheSqlIsNotShown() {
        sandbox.workspace().sql().hide(ORDERS);

        assertThat(failure(mode.sqlTexts().of(ORDERS)).message()).isEqualTo("the answer shows no SQL");
    }

    @Test
    void shouldFailIfTheSqlIsLongerThanAnybodyWrites() {
        sandbox.workspace().sql().write(ORDERS, "x".repeat(SqlTexts.LONGEST));
        assertThat(success(mode.sqlTexts().of(ORDERS))).hasSize(1 << 20);
        sandbox.workspace().sql().write(ORDERS, "x".repeat(SqlTexts.LONGEST + 1));

        assertThat(failure(mode.sqlTexts().of(ORDERS)).message()).startsWith("the SQL has more than 1048576");
    }

    @ParameterizedTest
    @CsvSource({"403, FORBIDDEN, 1", "404, NOT_FOUND, 1", "503, UNAVAILABLE, 3"})
    void shouldSayWhyItCanNotBeHad(int status, Kind kind, int calls) {
        var fault = sandbox.faults().alwaysStatus(status, call -> call.path().endsWith("/queries"));

        assertThat(failure(mode.sqlTexts().of(ORDERS)).kind()).isEqualTo(kind);
        assertThat(fault.struck()).isEqualTo(calls);
    }

    @Test
    void shouldShowWhenTheSqlWasEditedWhateverIsRun() {
        var before = editedAt();

        sandbox.workspace().datasetRuns().runByHand(ORDERS);
        assertThat(editedAt()).isEqualTo(before);
        sandbox.workspace().sql().write(ORDERS, "SELECT 2");
        assertThat(editedAt()).isNotEqualTo(before);
    }

    private Optional<Instant> editedAt() {
        return success(mode.datasetsOfDataSource(SampleWorkspace.ORDERS_WAREHOUSE)).stream()
                .filter(dataset -> dataset.token().equals(ORDERS))
                .findFirst()
                .flatMap(Dataset::editedAt);
    }
}
