package io.freshet.catalog;

import io.freshet.mode.Answer;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Where Mode's answers come from: Mode itself, or what is remembered of it. */
interface Answers {

    /**
     * A path is always asked for with the same type of answer.
     *
     * @param call asks Mode
     */
    <T> Uni<Answer<T>> get(String path, Supplier<Uni<Answer<T>>> call);

    /** What was kept under the path is known to hold no more. */
    void forget(String path);
}
