/** Benchmarks: {@code ./mvnw -Pbench verify -Dbench=BudgetBench}. Ratios against a reference of the same run. */
package io.freshet.bench;
