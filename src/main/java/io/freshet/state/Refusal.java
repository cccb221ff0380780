package io.freshet.state;

/**
 * Why a request will never become a run.
 *
 * @param reason one word for machines, such as {@code report_not_found}
 * @param status the HTTP status of Mode's answer; 0 where the refusal is Freshet's own
 * @param message one sentence for people
 */
public record Refusal(String reason, int status, String message) {

    /** Whether the next request will very likely be refused as well: for want of rights, or because Mode knows no such thing. */
    boolean lasts() {
        return status == 403 || status == 404 || status == 405;
    }

    /** @param why what Mode says instead of a listing */
    public static Refusal neverListed(String why) {
        return new Refusal(
                "gave_up",
                0,
                "Nobody saw an answer to the POST, and Mode doesn't list the report's runs, though it answers otherwise: %s. Look in Mode whether it ran."
                        .formatted(why));
    }

    static Refusal gaveUp(Attempts failed) {
        return new Refusal(
                "gave_up",
                0,
                "Mode took none of %d POSTs since %s, though it answered otherwise. Run the report in Mode by hand to see why, then send the change again."
                        .formatted(failed.count(), failed.since()));
    }
}
