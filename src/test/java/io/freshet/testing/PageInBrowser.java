package io.freshet.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The page as a person has it before them, in a real browser; whoever uses it is skipped on a machine that has none. */
public final class PageInBrowser implements AutoCloseable {

    public static final int DESK = 1280;
    public static final int PHONE = 390;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SIGN_OUT = "Sign out";

    private final Chromium browser;
    private final Scene scene;

    private PageInBrowser(Chromium browser, Scene scene) {
        this.browser = browser;
        this.scene = scene;
    }

    public static PageInBrowser open(URI address, Scene scene) {
        return open(address, scene, "Live");
    }

    /** @param link what the page says of its connection once it is there */
    public static PageInBrowser open(URI address, Scene scene, String link) {
        assumeTrue(Chromium.binary().isPresent(), "no Chromium on this machine");
        var page = new PageInBrowser(Chromium.open(), scene);
        page.window(DESK, "light");
        page.browser.open(address);
        page.eventuallyReads("#link", link);
        return page;
    }

    public Chromium browser() {
        return browser;
    }

    public void window(int width, String colourScheme) {
        browser.window(width, width == PHONE ? 844 : 900, colourScheme);
    }

    /** To another place of the page, as by a link. */
    public void go(String place) {
        browser.evaluate("location.hash = %s".formatted(quoted("#/" + place)));
    }

    public void reload() {
        browser.reload();
        eventuallyReads("#link", "Live");
    }

    public String place() {
        return browser.evaluate("location.hash").asText();
    }

    /** What is to be read of the first that is found, and nothing if there is none. */
    public String text(String selector) {
        return browser.evaluate("document.querySelector(%s)?.innerText ?? ''".formatted(quoted(selector)))
                .asText();
    }

    public int count(String selector) {
        return browser.evaluate("document.querySelectorAll(%s).length".formatted(quoted(selector)))
                .asInt();
    }

    public void eventuallyReads(String selector, String... texts) {
        scene.eventually(() -> assertThat(text(selector)).contains(texts));
    }

    public void eventuallyReadsNot(String selector, String text) {
        scene.eventually(() -> assertThat(text(selector)).doesNotContain(text));
    }

    /** A press on the first button or link that says so. */
    public void press(String words) {
        scene.eventually(
                () -> assertThat(browser.evaluate("""
                        (() => {
                          const all = [...document.querySelectorAll('dialog[open] button, button, a')];
                          const found = all.find(node => node.checkVisibility() && node.innerText.trim().startsWith(%s));
                          found?.click();
                          return Boolean(found);
                        })()""".formatted(quoted(words))).asBoolean())
                        .as(words)
                        .isTrue());
    }

    /** Fills a field, as typing does. */
    public void fill(String name, String value) {
        scene.eventually(() -> assertThat(
                        browser.evaluate("""
                        (() => {
                          const field = document.querySelector('dialog[open] [name="%1$s"], [name="%1$s"]');
                          if (field) {
                            field.value = %2$s;
                            field.dispatchEvent(new Event('input', {bubbles: true}));
                          }
                          return Boolean(field);
                        })()""".formatted(name, quoted(value))).asBoolean())
                .as(name)
                .isTrue());
    }

    public void signIn(String token) {
        press("Sign in");
        fill("token", token);
        submit();
        eventuallyReads("#who", SIGN_OUT);
    }

    /** Says yes to what a dialog asks. */
    public void submit() {
        browser.evaluate("document.querySelector('dialog[open] form').requestSubmit()");
    }

    public String focused() {
        return browser.evaluate("document.activeElement.innerText").asText();
    }

    /** What axe finds wrong with it, one sentence each. */
    public List<String> violations() {
        if (!browser.evaluate("'axe' in window").asBoolean()) {
            browser.evaluate(Axe.SCRIPT);
        }
        var found = browser.evaluate("""
                axe.run(document, {resultTypes: ['violations']}).then(result => result.violations.flatMap(violation =>
                  violation.nodes.map(node => violation.id + ' ' + node.target.join(' ') + ': ' + node.failureSummary)))""");
        var all = new ArrayList<String>();
        found.forEach(one -> all.add(one.asText()));
        return all;
    }

    /** How wide what is shown is: wider than the window, and a phone would have to be pushed to and fro. */
    public int width() {
        return browser.evaluate("document.documentElement.scrollWidth").asInt();
    }

    private static String quoted(String text) {
        try {
            return MAPPER.writeValueAsString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        browser.close();
    }

    private static final class Axe {
        static final String SCRIPT = read();

        private static String read() {
            try (var script = Axe.class.getResourceAsStream("/axe.min.js")) {
                return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
