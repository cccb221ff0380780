package io.freshet.sandbox;

import java.time.Duration;
import java.util.List;

/**
 * @param port 0 for any that is free
 * @param requests how many are answered per {@code period}; past that, 429
 * @param retryAfter whether a 429 says how long to wait, which Mode is not known to do
 * @param lastPages the forms in which listings end, in turn
 */
public record SandboxSettings(
        int port,
        String account,
        String token,
        String secret,
        int requests,
        Duration period,
        RateCounting counting,
        boolean retryAfter,
        List<LastPage> lastPages) {

    public enum RateCounting {
        /** No more than {@code requests} in any window of {@code period}, by when they arrive. */
        WINDOW,
        /** A leaky bucket that holds {@code requests} and drains in {@code period}. */
        BUCKET,
        UNLIMITED
    }

    public SandboxSettings {
        if (requests < 1 || period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("no rate limit: " + requests + " requests in " + period);
        }
        lastPages = List.copyOf(lastPages);
    }

    public static SandboxSettings defaults() {
        return new SandboxSettings(
                0,
                "acme",
                "sandbox-token",
                "sandbox-secret",
                40,
                Duration.ofSeconds(10),
                RateCounting.WINDOW,
                false,
                List.of(LastPage.values()));
    }

    public SandboxSettings withPort(int other) {
        return new SandboxSettings(other, account, token, secret, requests, period, counting, retryAfter, lastPages);
    }

    public SandboxSettings withAccount(String other) {
        return new SandboxSettings(port, other, token, secret, requests, period, counting, retryAfter, lastPages);
    }

    public SandboxSettings withCredentials(String otherToken, String otherSecret) {
        return new SandboxSettings(
                port, account, otherToken, otherSecret, requests, period, counting, retryAfter, lastPages);
    }

    public SandboxSettings withRateLimit(int otherRequests, Duration otherPeriod) {
        return new SandboxSettings(
                port, account, token, secret, otherRequests, otherPeriod, counting, retryAfter, lastPages);
    }

    public SandboxSettings withCounting(RateCounting other) {
        return new SandboxSettings(port, account, token, secret, requests, period, other, retryAfter, lastPages);
    }

    public SandboxSettings withRetryAfter(boolean other) {
        return new SandboxSettings(port, account, token, secret, requests, period, counting, other, lastPages);
    }

    /** All listings end in this form. */
    public SandboxSettings withLastPage(LastPage only) {
        return new SandboxSettings(port, account, token, secret, requests, period, counting, retryAfter, List.of(only));
    }
}
