package io.freshet.run;

import io.freshet.event.InboundRecord;
import io.freshet.event.RecordPlace;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Single records of the public topics that are needed again, for dead letters that are found late. */
interface OriginalRecords {

    /** One answer per place, in their order: the record, or empty if it is gone. Fails if Kafka doesn't answer. */
    Uni<Map<RecordPlace, Optional<InboundRecord>>> read(List<RecordPlace> places);
}
