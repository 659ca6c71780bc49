package dev.trailer.agent.service;

import dev.trailer.agent.plan.Names;
import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names in Dockerfiles: {@code FROM trailer/<name>} means one exact version, whatever tag is written. */
final class Dockerfiles {
    private static final Pattern FROM =
            Pattern.compile("(?im)^(\\s*FROM\\s+(?:--platform=\\S+\\s+)?)trailer/([a-z0-9-]+)(:\\S+)?(?=\\s|$)");
    private static final Pattern COPY_FROM = Pattern.compile("(?im)(\\s--from=)trailer/([a-z0-9-]+)(:\\S+)?(?=\\s)");

    private Dockerfiles() {}

    /** In every stage. Names of other images of ours are left as they are; only {@code base} is known to be there. */
    static String onExactly(@Nullable ImageRef base, String text) {
        return base == null ? text : replaced(COPY_FROM, base, replaced(FROM, base, text));
    }

    private static String replaced(Pattern pattern, ImageRef base, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(
                found.group(2).equals(base.name()) ? found.group(1) + Names.image(base) : found.group()));
    }
}
