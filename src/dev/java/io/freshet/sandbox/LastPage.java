package io.freshet.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a page without rows looks, past the end of a listing or where there is nothing to list. */
public enum LastPage {
    /** {@code {"_embedded": {"reports": []}}} */
    EMPTY_ARRAY,
    /** {@code {"_embedded": {"reports": null}}} */
    NULL_ROWS,
    /** {@code {"_embedded": {}}} */
    EMPTY_EMBEDDED,
    /** {@code {"_embedded": null}} */
    NULL_EMBEDDED,
    /** {@code {}} */
    EMPTY_OBJECT,
    /** 204, without a body. */
    NO_CONTENT,
    /** 404 past the end, as if the thing itself weren't there. */
    NOT_FOUND;

    /** @param page the document as it is with an empty array */
    Answer answer(ObjectNode page, String key) {
        return switch (this) {
            case EMPTY_ARRAY -> Answer.hal(200, page);
            case NULL_ROWS -> {
                page.withObject("/_embedded").putNull(key);
                yield Answer.hal(200, page);
            }
            case EMPTY_EMBEDDED -> {
                page.putObject("_embedded");
                yield Answer.hal(200, page);
            }
            case NULL_EMBEDDED -> Answer.hal(200, page.putNull("_embedded"));
            case EMPTY_OBJECT -> Answer.hal(200, Hal.object());
            case NO_CONTENT -> Answer.empty(204);
            case NOT_FOUND -> Answer.error(404, "not_found", "page not found");
        };
    }
}
