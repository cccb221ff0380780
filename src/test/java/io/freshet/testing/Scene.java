package io.freshet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxRun;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.sandbox.SandboxWorkspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/**
 * A Mode, some topics, and what a test does and sees from outside of the application between them. Each scene sees one
 * workspace; see {@link #neighbour} for more of them.
 */
public final class Scene implements Observed, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LEAST_PAUSE = Duration.ofMillis(100);

    private final Sandbox sandbox;
    private final SandboxSettings settings;
    private final TestTopics topics;
    private final List<PackagedApplication> started = new ArrayList<>();
    private final List<Scene> neighbours = new ArrayList<>();
    private final Verdict verdict = new Verdict();
    /** Parsed once, though all of them are looked at many times a second. */
    private final Map<ConsumerRecord<byte[], byte[]>, Event> parsed = new ConcurrentHashMap<>();

    private Scene(SandboxSettings settings, TestTopics topics) {
        this.settings = settings;
        this.sandbox = Sandbox.start(settings);
        this.topics = topics;
    }

    /** With an empty workspace and Mode's own rate limit. */
    public static Scene open() {
        return open(SandboxSettings.defaults());
    }

    public static Scene open(SandboxSettings settings) {
        return open(settings, TestKafka.bootstrapServers());
    }

    /** On a broker of its own. */
    public static Scene open(SandboxSettings settings, String bootstrapServers) {
        return new Scene(settings, TestTopics.apart(bootstrapServers));
    }

    /** On a broker of its own, with the topics as they are called by default. */
    public static Scene openWithDefaultNames(SandboxSettings settings, String bootstrapServers) {
        return new Scene(settings, new TestTopics(bootstrapServers, ""));
    }

    /** With a topic of OpenLineage's events, to which the promises are held then, too. */
    public Scene tellLineage() {
        topics.tellLineage();
        return this;
    }

    @Override
    public boolean tellsLineage() {
        return topics.tellsLineage();
    }

    /** Another workspace of the same application, with a Mode of its own. It is closed with this one, which starts both. */
    public Scene neighbour(String account) {
        var neighbour = new Scene(settings.withAccount(account), topics);
        neighbours.add(neighbour);
        return neighbour;
    }

    @Override
    public String account() {
        return settings.account();
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public TestTopics topics() {
        return topics;
    }

    /** What the application needs to know. */
    public Map<String, String> settings() {
        var all = new HashMap<>(topics.settings());
        all.putAll(workspace("freshet.workspace."));
        neighbours.forEach(
                other -> all.putAll(other.workspace("freshet.workspace.\"%s\".".formatted(other.account()))));
        all.put("kafka.session.timeout.ms", "3000");
        all.put("kafka.heartbeat.interval.ms", "500");
        return all;
    }

    private Map<String, String> workspace(String prefix) {
        return Map.of(
                prefix + "account", settings.account(),
                prefix + "url", sandbox.url().toString(),
                prefix + "token", settings.token(),
                prefix + "secret", settings.secret(),
                prefix + "rate-limit.requests", Integer.toString(settings.requests()),
                prefix + "rate-limit.period", settings.period().toString());
    }

    /** Starts the packaged application, with these settings besides. */
    public PackagedApplication start(Map<String, String> more) {
        var application = launch(more);
        application.awaitReady();
        return application;
    }

    /** The same without waiting until it is ready. */
    public PackagedApplication launch(Map<String, String> more, String... jvmOptions) {
        var all = settings();
        all.putAll(more);
        var application = PackagedApplication.launch(all, jvmOptions);
        started.add(application);
        return application;
    }

    /** Another {@code quarkus-run.jar}, the one in that directory, with no settings but these. */
    public PackagedApplication launch(Path directory, Map<String, String> settings, String... jvmOptions) {
        var application = PackagedApplication.launch(directory, settings, jvmOptions);
        started.add(application);
        return application;
    }

    public PackagedApplication start() {
        return start(Map.of());
    }

    /** One plain JSON change. */
    public void change(String json) {
        changes(List.of(json));
    }

    /** A record for the change topic. */
    public void change(String key, String json, Map<String, String> headers) {
        send("upstream-data-changed", key, json, headers);
    }

    public void send(String topic, String key, String json, Map<String, String> headers) {
        var record = new ProducerRecord<>(
                topics.name(topic), key.getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        topics.flush(List.of(topics.send(record)));
    }

    /** Plain JSON changes, and returns when the broker has them. */
    public void changes(List<String> jsons) {
        var sent = new ArrayList<Future<?>>();
        for (var json : jsons) {
            sent.add(topics.send(
                    new ProducerRecord<>(topics.name("upstream-data-changed"), json.getBytes(StandardCharsets.UTF_8))));
        }
        topics.flush(sent);
    }

    /** The events of a topic that are about one report. */
    public List<Event> events(String topic, String report) {
        return events(topic).stream()
                .filter(event -> event.report().equals(report))
                .toList();
    }

    @Override
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return topics.read(topic);
    }

    @Override
    public List<Event> events(String topic) {
        return read(topic).stream()
                .map(record -> parsed.computeIfAbsent(record, Event::of))
                .filter(event -> event.text("account").equals(account()))
                .toList();
    }

    @Override
    public SandboxWorkspace workspace() {
        return sandbox.workspace();
    }

    @Override
    public List<CallLog.Call> calls() {
        return sandbox.calls().all();
    }

    @Override
    public List<SandboxRun> runs(String token) {
        return sandbox.workspace().runs(token);
    }

    /** Where each report is last, as the state topic says, by {@code account/token}. */
    public List<Event> states() {
        return memory().reports();
    }

    /** The changes that are open, by the keys that they have in the state topic. */
    public List<String> openChanges() {
        return memory().openChanges();
    }

    private Memory memory() {
        return Memory.of(read("freshet-state"), account());
    }

    /** Until what is claimed holds; a claim that fails in the end shows the log of the application. */
    /** The one of them whose log says so, once one does: what it tells on topics may be read before its log is. */
    public PackagedApplication whoSays(String line, List<PackagedApplication> replicas) {
        eventually(() -> assertThat(replicas).anyMatch(replica -> replica.log().contains(line)));
        return replicas.stream()
                .filter(replica -> replica.log().contains(line))
                .findFirst()
                .orElseThrow();
    }

    public void eventually(ThrowingRunnable claim) {
        eventually(PATIENCE, claim);
    }

    public void eventually(Duration patience, ThrowingRunnable claim) {
        try {
            var lookTook = new AtomicLong();
            Awaitility.await()
                    .atMost(patience)
                    .pollDelay(Duration.ZERO)
                    .pollInterval((looks, before) -> pause(lookTook.get()))
                    .untilAsserted(() -> {
                        var begun = System.nanoTime();
                        try {
                            claim.run();
                        } finally {
                            lookTook.set(System.nanoTime() - begun);
                        }
                    });
        } catch (RuntimeException | AssertionError e) {
            verdict.giveUp();
            throw new AssertionError(e.getMessage() + "\n\n" + logs(), e);
        }
    }

    /** A judge that takes long leaves three quarters of a processor to those that it looks at. */
    private static Duration pause(long lookTook) {
        return Duration.ofNanos(Math.max(LEAST_PAUSE.toNanos(), 3 * lookTook));
    }

    /** The broken promises that may heal, see {@link History}. One that can't ends the wait for it: see {@link Verdict}. */
    public List<String> brokenPromises() {
        return verdict.on(History.of(this).found(settings.requests(), settings.period()));
    }

    public String logs() {
        return String.join(
                "\n--- next process ---\n",
                started.stream().map(PackagedApplication::log).toList());
    }

    @Override
    public void close() {
        started.forEach(PackagedApplication::close);
        topics.close();
        neighbours.forEach(other -> other.sandbox.close());
        sandbox.close();
    }
}
