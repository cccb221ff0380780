package io.freshet.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A credential in two files, such as a Kubernetes secret that is mounted. The files are read for every call: they are
 * small, in memory, and a rotated credential counts at once.
 */
record CredentialsDirectory(Path directory) implements Supplier<Credentials> {

    @Override
    public Credentials get() {
        try {
            return new Credentials(read("token"), read("secret"));
        } catch (IOException e) {
            throw new CredentialsUnreadable("the credential in " + directory + " can't be read", e);
        }
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file)).strip();
    }
}
