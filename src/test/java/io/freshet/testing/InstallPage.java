package io.freshet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The commands of docs/install.md. */
public final class InstallPage {

    /** Where the broker is that they speak to. */
    public static final String SERVERS = "kafka:9092";

    private InstallPage() {}

    /** What a shell would call the program with, one call a line. */
    public static List<String> calls(String program) throws IOException, InterruptedException {
        var snippet = Snippet.all().stream()
                .filter(one -> one.page().equals(Path.of("docs/install.md"))
                        && one.text().contains(program))
                .findFirst()
                .orElseThrow();
        var shell = new ProcessBuilder("bash", "-euc", program + "() { echo \"$*\"; }; " + snippet.text())
                .redirectErrorStream(true);
        shell.environment().put("KAFKA_BOOTSTRAP_SERVERS", SERVERS);
        var process = shell.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
