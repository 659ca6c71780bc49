package dev.trailer.query.feed;

import dev.trailer.api.ErrorList;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.query.facts.FactTerms;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * What a reader wants to hear of: a fact passes if for each kind of topic that is named it is one of those named. Empty: all.
 */
record Topics(Set<String> resources, Set<String> kinds, Set<String> types, Set<String> actors) {
    static final List<String> PARAMETERS = List.of("resource", "kind", "type", "actor");

    /** Of one parameter; who wants more of them follows everything. */
    static final int MAX_VALUES = 100;

    static final Topics ALL = new Topics(Set.of(), Set.of(), Set.of(), Set.of());

    /** Each parameter may be repeated, and hold several values with commas between. */
    static Topics of(MultiValueMap<String, String> parameters, ErrorList errors) {
        return new Topics(
                values(parameters, "resource", FactTerms::resource, errors),
                values(parameters, "kind", FactTerms::kind, errors),
                values(parameters, "type", FactTerms::type, errors),
                values(parameters, "actor", FactTerms::actor, errors));
    }

    private static Set<String> values(
            MultiValueMap<String, String> parameters, String name, UnaryOperator<String> form, ErrorList errors) {
        var found = new TreeSet<String>();
        List<@Nullable String> given = parameters.getOrDefault(name, List.of());
        for (var text : given) {
            for (var value : (text == null ? "" : text).split(",", MAX_VALUES + 1)) {
                var read = errors.read("?" + name, value.strip(), form);
                if (read != null) {
                    found.add(read);
                }
            }
        }
        if (found.size() > MAX_VALUES) {
            errors.add("?" + name, "invalid", "may have at most " + MAX_VALUES + " values");
        }
        return Set.copyOf(found);
    }

    boolean all() {
        return equals(ALL);
    }

    boolean include(RecordedEvent event) {
        return passes(resources, event.subject().id())
                && passes(kinds, event.subject().kind().storedName())
                && passes(types, event.type())
                && passes(actors, event.metadata().actor().id());
    }

    private static boolean passes(Set<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }
}
