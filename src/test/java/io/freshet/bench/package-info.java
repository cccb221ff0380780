/** Benchmarks: {@code ./mvnw -Pbench verify -Dbench=budget}. Ratios against a reference of the same run. */
package io.freshet.bench;
