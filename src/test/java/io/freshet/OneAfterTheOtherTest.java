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

/** Component tests share one application, and what one of them orders of Mode strikes the others, too. */
@Execution(ExecutionMode.CONCURRENT)
class OneAfterTheOtherTest {

    private static final Path CLASSES = Path.of("target/test-classes/io/freshet/component");

    @Test
    void shouldHaveNoTestOfTheApplicationBesideAnother() throws IOException {
        var tests = testsOfTheApplication();

        assertThat(tests).hasSizeGreaterThan(20);
        assertThat(tests.stream().filter(type -> !isInOneThread(type)))
                .as("without @Execution(SAME_THREAD)")
                .isEmpty();
    }

    private static List<Class<?>> testsOfTheApplication() throws IOException {
        try (var files = Files.list(CLASSES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.class"))
                    .<Class<?>>map(name -> load(name.replace(".class", "")))
                    .filter(type -> type.isAnnotationPresent(QuarkusTest.class))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("io.freshet.component." + name, false, OneAfterTheOtherTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isInOneThread(Class<?> type) {
        var how = type.getAnnotation(Execution.class);
        return how != null && how.value() == ExecutionMode.SAME_THREAD;
    }
}
