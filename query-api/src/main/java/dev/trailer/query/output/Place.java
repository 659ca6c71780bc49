package dev.trailer.query.output;

import dev.trailer.api.ErrorList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a reader is: behind a line of an attempt. Written as an event's id. */
record Place(String attempt, long line) {
    static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Pattern FORM = Pattern.compile("([0-9a-f-]{36})/([0-9]{1,9})");

    /** @param id null to begin at the beginning */
    static @Nullable Place of(@Nullable String id) {
        if (id == null || id.isEmpty()) {
            return null;
        }
        var matcher = FORM.matcher(id);
        if (!matcher.matches()) {
            throw ErrorList.invalid(LAST_EVENT_ID, "invalid", "must be the id of an event of this log");
        }
        return new Place(matcher.group(1), Long.parseLong(matcher.group(2)));
    }

    @Override
    public String toString() {
        return attempt + "/" + line;
    }
}
