package io.freshet.lineage;

import java.util.Optional;

/**
 * What runs.
 *
 * @param integration which tool tells of it, such as SPARK; empty where it doesn't say
 */
public record Job(String namespace, String name, Optional<String> integration) {}
