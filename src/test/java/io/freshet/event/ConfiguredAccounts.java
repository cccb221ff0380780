package io.freshet.event;

import java.util.List;
import java.util.Optional;

/** The workspaces of a test. */
public record ConfiguredAccounts(List<String> accounts) implements Accounts {

    public static ConfiguredAccounts of(String... accounts) {
        return new ConfiguredAccounts(List.of(accounts));
    }

    @Override
    public boolean knows(String account) {
        return accounts.contains(account);
    }

    @Override
    public List<String> all() {
        return accounts;
    }

    @Override
    public Optional<String> only() {
        return accounts.size() == 1 ? Optional.of(accounts.get(0)) : Optional.empty();
    }
}
