package io.freshet.sandbox;

import java.time.Duration;

/**
 * @param port 0 for any that is free
 * @param requests how many are answered per {@code period}; past that, 429
 * @param retryAfter whether a 429 says how long to wait, which Mode is not known to do
 */
public record SandboxSettings(
        int port,
        String account,
        String token,
        String secret,
        int requests,
        Duration period,
        RateCounting counting,
        boolean retryAfter) {

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
    }

    public static SandboxSettings defaults() {
        return new SandboxSettings(
                0, "acme", "sandbox-token", "sandbox-secret", 40, Duration.ofSeconds(10), RateCounting.WINDOW, false);
    }

    public SandboxSettings withPort(int other) {
        return new SandboxSettings(other, account, token, secret, requests, period, counting, retryAfter);
    }

    public SandboxSettings withAccount(String other) {
        return new SandboxSettings(port, other, token, secret, requests, period, counting, retryAfter);
    }

    public SandboxSettings withCredentials(String otherToken, String otherSecret) {
        return new SandboxSettings(port, account, otherToken, otherSecret, requests, period, counting, retryAfter);
    }

    public SandboxSettings withRateLimit(int otherRequests, Duration otherPeriod) {
        return new SandboxSettings(port, account, token, secret, otherRequests, otherPeriod, counting, retryAfter);
    }

    public SandboxSettings withCounting(RateCounting other) {
        return new SandboxSettings(port, account, token, secret, requests, period, other, retryAfter);
    }

    public SandboxSettings withRetryAfter(boolean other) {
        return new SandboxSettings(port, account, token, secret, requests, period, counting, other);
    }
}
