package dev.trailer.identity;

import dev.trailer.domain.access.Role;

/** The names of roles, as stored and as in JSON. */
final class Roles {
    private Roles() {}

    static String stored(Role role) {
        return switch (role) {
            case ADMIN -> "admin";
        };
    }

    static Role of(String stored) {
        for (Role role : Role.values()) {
            if (stored(role).equals(stored)) {
                return role;
            }
        }
        throw new IllegalStateException("no such role: " + stored);
    }
}
