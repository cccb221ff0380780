package io.freshet.event;

import java.util.function.Function;

/** What Freshet tells about a batch of changes. */
public sealed interface BatchEvent permits ChangePlanned, ChangeSettled {

    BatchKey batch();

    <T> T fold(Function<ChangePlanned, T> planned, Function<ChangeSettled, T> settled);
}
