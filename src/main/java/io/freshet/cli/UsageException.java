package io.freshet.cli;

/** An argument, a variable or a setting that makes no sense: its message says which, and what to do. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
