package io.freshet.event;

/** Ends the reading of a record that is no usable input; it never leaves this room. */
final class Unusable extends RuntimeException {

    private final String code;
    private final String reason;

    /** @param reason one sentence that a person can act on */
    Unusable(String code, String reason) {
        super(reason, null, false, false);
        this.code = code;
        this.reason = reason;
    }

    <T> Decoded<T> decoded() {
        return new Decoded.Unusable<>(code, reason);
    }
}
