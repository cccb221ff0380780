package io.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that Quarkus is started for share one application, and what one of them orders of Mode strikes the others, too. */
@Execution(ExecutionMode.CONCURRENT)
class OneAfterTheOtherTest {

    private static final Path CLASSES = Path.of("target/test-classes");

    @Test
    void shouldHaveNoTestOfTheApplicationBesideAnother() throws IOException {
        var tests = testsOfTheApplication();

        assertThat(tests).hasSizeGreaterThan(40);
        assertThat(tests.stream().filter(type -> !isInOneThread(type)))
                .as("without @Execution(SAME_THREAD)")
                .isEmpty();
    }

    /** A second application, for the few that are not among them, would take as long as all plain tests. */
    @Test
    void shouldStartQuarkusForComponentTestsOnly() throws IOException {
        var pom = Files.readString(Path.of("pom.xml"));

        assertThat(testsOfTheApplication().stream()
                        .filter(type -> !type.getPackageName().endsWith(".component"))
                        .map(type -> "**/%s.java".formatted(type.getName().replaceAll(".*\\.(.*)\\.(.*)", "$1/$2"))))
                .as("not in component.tests")
                .allMatch(pom::contains);
    }

    private static List<Class<?>> testsOfTheApplication() throws IOException {
        try (var files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(name -> name.endsWith("Test.class"))
                    .<Class<?>>map(name -> load(name.replace(".class", "").replace('/', '.')))
                    .filter(type -> type.isAnnotationPresent(QuarkusTest.class))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, OneAfterTheOtherTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isInOneThread(Class<?> type) {
        var how = type.getAnnotation(Execution.class);
        return how != null && how.value() == ExecutionMode.SAME_THREAD;
    }
}
