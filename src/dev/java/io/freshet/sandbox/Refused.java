package io.freshet.sandbox;

/** A request that Mode would not have. */
final class Refused extends RuntimeException {

    private final int status;
    private final String id;

    Refused(int status, String id, String message) {
        super(message);
        this.status = status;
        this.id = id;
    }

    static Refused badRequest(String message) {
        return new Refused(400, "bad_request", message);
    }

    static Refused forbidden(String message) {
        return new Refused(403, "forbidden", message);
    }

    static Refused notFound(String message) {
        return new Refused(404, "not_found", message);
    }

    Answer answer() {
        return Answer.error(status, id, String.valueOf(getMessage()));
    }
}
