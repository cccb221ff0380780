package io.freshet.view;

import io.freshet.event.Subject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What people call the data sources and Collections of which changes were planned in the last day. Safe for several threads. */
public final class TargetNames {

    private final Map<String, String> names = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > ToldPlans.MOST;
        }
    };

    TargetNames() {}

    synchronized void told(ToldPlan plan) {
        plan.targetName().ifPresent(name -> names.put(key(plan.batch().account(), plan.target()), name));
    }

    /** Of what a hold, or something learnt, is about. */
    public synchronized Optional<String> of(String account, Subject subject) {
        var target = "%s=%s".formatted(subject.kind().name().toLowerCase(Locale.ROOT), subject.token());
        return Optional.ofNullable(names.get(key(account, target)));
    }

    private static String key(String account, String target) {
        return account + " " + target;
    }
}
