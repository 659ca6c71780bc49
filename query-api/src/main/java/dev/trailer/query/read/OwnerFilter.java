package dev.trailer.query.read;

import dev.trailer.api.People;
import dev.trailer.domain.Identifiers;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.name.Handle;
import dev.trailer.query.view.ViewTable;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds the owners that a search means. Views know owners by id only, so the handles of all who own something in the view
 * are looked up, which {@link People} answers from memory.
 */
public final class OwnerFilter {
    private final ViewTable<?> table;
    private final People people;

    /** @param table with a column {@code owner} */
    public OwnerFilter(ViewTable<?> table, People people) {
        this.table = table;
        this.people = people;
    }

    /** The form of {@code ?owner}: a handle or an account's id. */
    public static String form(String value) {
        try {
            return new Handle(value).value();
        } catch (IllegalArgumentException notAHandle) {
            try {
                return Identifiers.requireUuid("an owner", value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("must be a handle or an account's id", e);
            }
        }
    }

    /** The ids of the owners with this id or handle; never empty, as an empty list is no SQL. */
    public List<String> named(String owner) {
        return owners(id -> id.equals(owner) || handle(id).equals(owner));
    }

    /** The ids of the owners whose handle contains this; never empty, as an empty list is no SQL. */
    public List<String> containing(String part) {
        return owners(id -> handle(id).contains(part));
    }

    private List<String> owners(Predicate<String> wanted) {
        var found = table.distinct("owner").stream().filter(wanted).toList();
        return found.isEmpty() ? List.of("nobody") : found;
    }

    private String handle(String id) {
        return people.handleOf(new AccountId(id));
    }
}
