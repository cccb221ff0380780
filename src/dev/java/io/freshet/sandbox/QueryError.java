package io.freshet.sandbox;

/** What a failed query says of itself. */
record QueryError(String code, String message) {

    static final QueryError USUAL = new QueryError("ResourceFailure", "ERROR: the warehouse did not answer in time");
}
