package io.freshet.lineage;

import java.util.HashSet;
import java.util.Set;

/**
 * An account's name has several forms, and OpenLineage's clients complete them in two ways: {@code LOCATOR} is of the first
 * region of AWS, {@code LOCATOR.REGION} is at AWS; but one with a hyphen may be {@code ORGANISATION-ACCOUNT}, which is complete.
 * Which locator an organisation's account has can't be computed.
 */
final class SnowflakeAccount implements ServerRule {

    private static final String HOST = ".snowflakecomputing.com";
    private static final String PRIVATE = ".privatelink";

    @Override
    public boolean isSame(Namespace namespace, SourceAddress source, boolean isOnly) {
        var wanted = forms(source.host());
        return namespace.scheme().equals("snowflake")
                && namespace.hosts().map(SnowflakeAccount::forms).anyMatch(forms -> forms.stream()
                        .anyMatch(wanted::contains));
    }

    private static Set<String> forms(String host) {
        var account = without(PRIVATE, without(HOST, host.replace('_', '-')));
        if (account.isEmpty()) {
            return Set.of();
        }
        var forms = new HashSet<>(Set.of(account));
        var parts = account.split("\\.", -1).length;
        if (parts == 2) {
            forms.add(account + ".aws");
        } else if (parts == 1 && !account.contains("-")) {
            forms.add(account + ".us-west-1.aws");
            forms.add(account + ".us-west-2.aws");
        }
        return forms;
    }

    private static String without(String end, String text) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }
}
