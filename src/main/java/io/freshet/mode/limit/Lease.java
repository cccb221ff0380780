package io.freshet.mode.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Until when it is sure that nobody else has this replica's partitions. The group gives them to others when it has
 * heard nothing for a session timeout. So if the group named this replica as a member, that holds for a session
 * timeout, less a heartbeat, from when it was asked. A process that was halted for longer finds its lease at an end
 * when it wakes up, before it knows why. There is one lease for the replica: all of its workspaces, or none. Plain Java.
 */
public final class Lease {

    private static final Moment NONE = new Moment(Instant.EPOCH, Instant.EPOCH);

    /** What is asked, and when: are these still members? */
    public record Question(Moment asked, Map<String, String> members) {
        public Question {
            members = Map.copyOf(members);
        }
    }

    private final Duration length;
    private final Map<String, String> memberByConsumer = new HashMap<>();
    private Moment until = NONE;

    public Lease(Duration session, Duration heartbeat) {
        this.length = session.minus(heartbeat);
    }

    /** One of this replica's consumers is in the group, under this name; a new name must be confirmed anew. */
    public void joined(String consumer, String member) {
        if (!member.equals(memberByConsumer.put(consumer, member))) {
            until = NONE;
        }
    }

    public Question question(Moment now) {
        return new Question(now, memberByConsumer);
    }

    /** Whether it was asked about the members of today: they may have joined anew since. */
    public boolean isAbout(Question question) {
        return !question.members().isEmpty() && question.members().equals(memberByConsumer);
    }

    /** @param members all that the group has */
    public void answered(Question question, Set<String> members) {
        if (!isAbout(question)) {
            return;
        }
        var confirmed = question.asked().plus(length);
        if (!members.containsAll(memberByConsumer.values())) {
            until = NONE;
        } else if (confirmed.monotonic().isAfter(until.monotonic())) { // which question was the later one
            until = confirmed;
        }
    }

    public Moment until() {
        return until;
    }
}
