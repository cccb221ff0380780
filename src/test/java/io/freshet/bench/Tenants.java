package io.freshet.bench;

import io.freshet.sandbox.Sandbox;
import io.freshet.testing.Scene;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Workspaces beside the one of a scene, each with a Mode of its own. */
final class Tenants {

    private final Scene scene;
    private final Map<String, Sandbox> byAccount = new LinkedHashMap<>();

    Tenants(Scene scene, int number) {
        this.scene = scene;
        for (var n = 0; n < number; n++) {
            var account = "tenant-%04d".formatted(n);
            byAccount.put(account, scene.sandbox().beside(account));
        }
    }

    List<String> accounts() {
        return List.copyOf(byAccount.keySet());
    }

    List<Sandbox> sandboxes() {
        return List.copyOf(byAccount.values());
    }

    /** They stand in this file: it is what people do who have many. */
    Map<String, String> settings(Path file) {
        var common = scene.settings();
        var lines = new ArrayList<String>();
        byAccount.forEach((account, sandbox) -> {
            lines.add(line(account, "account", account));
            lines.add(line(account, "url", sandbox.url().toString()));
            for (var shared : List.of("token", "secret", "rate-limit.requests", "rate-limit.period")) {
                lines.add(line(account, shared, common.getOrDefault("freshet.workspace." + shared, "")));
            }
        });
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("smallrye.config.locations", file.toUri().toString());
    }

    private static String line(String account, String name, String value) {
        return "freshet.workspace.\"%s\".%s=%s".formatted(account, name, value);
    }
}
