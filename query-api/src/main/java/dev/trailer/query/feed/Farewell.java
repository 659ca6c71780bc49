package dev.trailer.query.feed;

/** Why a server ends a stream. Told as the event {@code end}, and counted. */
enum Farewell {
    TOO_SLOW("too_slow", "Nothing was taken for too long. Dial again to go on from here."),
    SERVER_STOPPING(
            "server_stopping", "This server stops. Dial again to go on from here, with it or with another one."),
    LEDGER_UNAVAILABLE("ledger_unavailable", "The ledger cannot be read now. Dial again to go on from here."),
    OTHER_TIMELINE("other_timeline", "The ledger was restored from a backup. Dial again, and read everything again.");

    private final String code;
    private final String message;

    Farewell(String code, String message) {
        this.code = code;
        this.message = message;
    }

    String code() {
        return code;
    }

    String message() {
        return message;
    }
}
