package io.freshet.workspace;

import java.io.IOException;

/** The credential can't be had at present, such as while its files are replaced. No call can leave without it. */
public final class CredentialsUnreadable extends RuntimeException {

    public CredentialsUnreadable(String message, IOException cause) {
        super(message, cause);
    }
}
