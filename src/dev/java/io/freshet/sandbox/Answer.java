package io.freshet.sandbox;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** @param type the Content-Type; empty where there is no body */
record Answer(int status, String type, String body, boolean tookEffect) {

    private static final String JSON = "application/json; charset=utf-8";
    private static final String HAL = "application/hal+json; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";

    static final Answer NONE = empty(0);

    static Answer empty(int status) {
        return new Answer(status, "", "", false);
    }

    static Answer hal(int status, ObjectNode body) {
        return new Answer(status, HAL, body.toString(), false);
    }

    static Answer html(int status, String title) {
        var page = "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head><body><h1>" + title
                + "</h1></body></html>\n";
        return new Answer(status, HTML, page, false);
    }

    static Answer error(int status, String id, String message) {
        var body = JsonNodeFactory.instance.objectNode().put("id", id).put("message", message);
        return new Answer(status, JSON, body.toString(), false);
    }

    /** As Mode words it where its words are known; a page past that. */
    static Answer status(int status) {
        return switch (status) {
            case 400 -> error(status, "bad_request", "bad request");
            case 401 -> error(status, "unauthorized", "unauthorized");
            case 403 -> error(status, "forbidden", "forbidden");
            case 404 -> error(status, "not_found", "report not found");
            default -> html(status, "Status " + status);
        };
    }

    static Answer garbage() {
        return new Answer(200, JSON, "{\"token\":\"4f0", false);
    }

    static Answer loginPage() {
        return html(200, "Sign in");
    }

    Answer withEffect() {
        return new Answer(status, type, body, true);
    }

    Answer withEffectOf(Answer other) {
        return new Answer(status, type, body, other.tookEffect);
    }
}
