package io.freshet.sandbox;

import java.time.Instant;

/** SQL that has a name. */
record SqlDefinition(String token, int id, String name, String source, Instant savedAt) {}
