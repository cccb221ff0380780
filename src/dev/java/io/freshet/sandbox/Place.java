package io.freshet.sandbox;

/** A data source, or a space. */
record Place(String token, int id, String name) {}
