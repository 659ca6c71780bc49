package dev.trailer.query.read;

import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.springframework.web.server.ServerWebExchange;

/** One resource by its id. */
public final class Single {
    private Single() {}

    /**
     * @param form throws IllegalArgumentException for what cannot be an id
     * @return the id, fit for a query
     * @throws Refused with {@code not_found}: a malformed id is an id of nothing
     */
    public static String wellFormed(String kind, String id, Consumer<String> form) {
        try {
            form.accept(id);
            return id;
        } catch (IllegalArgumentException e) {
            throw new Refused(new Reason.NotFound(kind, id));
        }
    }

    /** @throws Refused with {@code not_found} if it is not there or may not be seen, which must look the same */
    public static <R> R seen(String kind, String id, Optional<R> found, Predicate<R> visible) {
        return found.filter(visible).orElseThrow(() -> new Refused(new Reason.NotFound(kind, id)));
    }

    /**
     * Sets the ETag that If-Match of a change is compared with. It is no cache validator, as what is observed moves without
     * it: hence the header alone, for which WebFlux answers no 304.
     */
    public static void tag(ServerWebExchange exchange, long generation) {
        exchange.getResponse().getHeaders().setETag("\"" + generation + "\"");
    }
}
