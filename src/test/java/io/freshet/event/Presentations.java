package io.freshet.event;

import java.net.URI;
import java.util.Optional;

/** How workspaces are shown in tests. */
public final class Presentations {

    public static final Presentation WITH_NAMES = of(true);
    public static final Presentation WITHOUT_NAMES = of(false);

    private Presentations() {}

    private static Presentation of(boolean names) {
        return new Presentation() {
            @Override
            public Optional<URI> host(String account) {
                return Optional.of(URI.create("https://app.mode.com"));
            }

            @Override
            public boolean showsNames(String account) {
                return names;
            }
        };
    }
}
