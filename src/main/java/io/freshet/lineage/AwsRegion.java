package io.freshet.lineage;

import java.util.Set;
import java.util.regex.Pattern;

/** A region of AWS, which is all that Mode asks for; the name of the service's host has it, too. */
record AwsRegion(Set<String> schemes) implements ServerRule {

    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");

    AwsRegion {
        schemes = Set.copyOf(schemes);
    }

    @Override
    public boolean isSame(Namespace namespace, SourceAddress source, boolean isOnly) {
        return schemes.contains(namespace.scheme())
                && namespace
                        .hosts()
                        .map(REGION::matcher)
                        .anyMatch(region -> region.find() && source.host().contains(region.group()));
    }
}
