package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.freshet.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The tests of {@code clients/python}, where there is a Python. */
@Execution(ExecutionMode.CONCURRENT)
class PythonPackageTest {

    @Test
    void shouldPassItsOwnTests() throws IOException, InterruptedException {
        assumeTrue(Programs.areThere("python3"), "not run: there is no python3");
        var builder = new ProcessBuilder("python3", "-B", "-m", "unittest")
                .directory(Path.of("clients/python").toFile())
                .redirectErrorStream(true);

        var tests = builder.start();
        var said = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(tests.waitFor()).as(said).isZero();
        assertThat(said).contains("Ran ", "OK");
    }
}
