package io.freshet.event;

import java.util.List;
import java.util.stream.Stream;

/** The records of {@link FieldCasesTest}, for tests of what follows after they are read. */
public final class FieldCases {

    private FieldCases() {}

    /** Good ones and bad ones. */
    public static List<InboundRecord> records() {
        return Stream.concat(
                        FieldCasesTest.taken().map(FieldCasesTest.Taken::record),
                        FieldCasesTest.refused().map(FieldCasesTest.Refused::record))
                .toList();
    }
}
