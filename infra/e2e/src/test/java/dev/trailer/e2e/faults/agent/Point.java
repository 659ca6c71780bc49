package dev.trailer.e2e.faults.agent;

/**
 * A place in the product where a fault may happen.
 *
 * @param type with dots, nested ones with {@code $}
 * @param method all of that name
 * @param callee for {@link When#BEFORE} and {@link When#AFTER}: the method whose call is meant, else empty
 */
public record Point(String name, String type, String method, When when, String callee) {
    /** Where in the method. */
    public enum When {
        ENTRY,
        /** Before it returns; not where it throws. */
        EXIT,
        BEFORE,
        AFTER
    }

    static Point entry(String name, String type, String method) {
        return new Point(name, type, method, When.ENTRY, "");
    }

    static Point exit(String name, String type, String method) {
        return new Point(name, type, method, When.EXIT, "");
    }

    static Point before(String name, String type, String method, String callee) {
        return new Point(name, type, method, When.BEFORE, callee);
    }

    static Point after(String name, String type, String method, String callee) {
        return new Point(name, type, method, When.AFTER, callee);
    }

    /** As an error says it. */
    @Override
    public String toString() {
        var where =
                switch (when) {
                    case ENTRY -> "entry of ";
                    case EXIT -> "exit of ";
                    case BEFORE -> "before " + callee + " in ";
                    case AFTER -> "after " + callee + " in ";
                };
        return "point " + name + " (" + where + type + "." + method + ")";
    }
}
