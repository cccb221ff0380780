package io.freshet.dev;

import io.freshet.sandbox.ReportRuns;
import io.freshet.sandbox.SampleWorkspace;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.sandbox.SandboxWorkspace;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The main class of {@code ./mvnw quarkus:dev}: Freshet with a broker and a Mode of its own, except where
 * {@code kafka.bootstrap.servers} or {@code freshet.workspace.url} names another. {@code -Dsandbox.report-runs=query} makes
 * that Mode's reports query their datasets, instead of loading what was queried last.
 */
@QuarkusMain
public final class DevMain {

    private static final Logger LOG = Logger.getLogger(DevMain.class);
    private static final int KAFKA_PORT = 9092;
    private static final int SANDBOX_PORT = 8099;
    private static final String REPORT_RUNS = "sandbox.report-runs";
    /** In the README, so it is no secret: never for another Mode than the sandbox. */
    private static final String TOKEN = "to-try-it-out-on-this-machine-only";

    DevMain() {} // CDI makes one, for it takes a main class for a bean

    public static void main(String... args) throws Exception {
        Deque<AutoCloseable> started = new ArrayDeque<>();
        try {
            if (isUnset("kafka.bootstrap.servers")) {
                startKafka(started);
            }
            if (isUnset("freshet.workspace.url")) {
                startSandbox(started);
            }
            Quarkus.run(args);
        } finally {
            while (!started.isEmpty()) {
                started.pop().close();
            }
        }
    }

    private static void startKafka(Deque<AutoCloseable> started) {
        var kafka = EmbeddedKafka.startNear(KAFKA_PORT);
        started.push(kafka);
        set("kafka.bootstrap.servers", kafka.bootstrapServers(), started);
        LOG.infof("embedded Kafka at %s", kafka.bootstrapServers());
    }

    private static void startSandbox(Deque<AutoCloseable> started) {
        var settings = SandboxSettings.defaults().withPort(FreePort.near(SANDBOX_PORT));
        var sandbox = Sandbox.start(settings, SandboxWorkspace.sampleInUse());
        started.push(sandbox);
        var reportRuns = System.getProperty(REPORT_RUNS, "load");
        sandbox.workspace().datasetRuns().reportRuns(ReportRuns.of(reportRuns));
        set("freshet.workspace.url", sandbox.url().toString(), started);
        set("freshet.workspace.account", settings.account(), started);
        set("freshet.workspace.token", settings.token(), started);
        set("freshet.workspace.secret", settings.secret(), started);
        set("freshet.access.you.token", TOKEN, started);
        set("freshet.access.you.roles", "admin", started);
        LOG.infof(
                "sandbox Mode at %s, workspace %s, report-runs=%s: try data_source %s",
                sandbox.url(), settings.account(), reportRuns, SampleWorkspace.ORDERS_WAREHOUSE);
    }

    private static boolean isUnset(String property) {
        var variable = property.toUpperCase(Locale.ROOT).replace('.', '_');
        return Optional.ofNullable(System.getProperty(property)).isEmpty()
                && Optional.ofNullable(System.getenv(variable)).isEmpty();
    }

    /** For this run: a reload begins anew. */
    private static void set(String property, String value, Deque<AutoCloseable> started) {
        System.setProperty(property, value);
        started.push(() -> System.clearProperty(property));
    }
}
