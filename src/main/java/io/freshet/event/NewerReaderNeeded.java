package io.freshet.event;

/** A stored record names a later version than this one as the oldest that may read it. */
public final class NewerReaderNeeded extends RuntimeException {

    public NewerReaderNeeded(long minReader) {
        this("it is for version %d of the stored form and later, and this replica reads up to version %d"
                .formatted(minReader, StoredForm.VERSION));
    }

    private NewerReaderNeeded(String message) {
        super(message);
    }

    /** The same, of this record. */
    public NewerReaderNeeded of(String record) {
        return new NewerReaderNeeded(record + " can't be read: " + getMessage());
    }
}
