package io.freshet.api.produce;

import java.util.List;

/** The changes that Kafka has, by what they can be asked for, in the order of the request. */
record AcceptedChanges(List<Accepted> accepted) {

    record Accepted(String account, String source, String id) {}

    static AcceptedChanges of(List<PostedChange> changes) {
        return new AcceptedChanges(changes.stream()
                .map(PostedChange::change)
                .map(change -> new Accepted(
                        change.account(), change.ref().source(), change.ref().id()))
                .toList());
    }
}
