package dev.trailer.agent.service.engine;

/**
 * Who one is to a registry, and to no other.
 *
 * @param registry such as {@code registry.example:5000}, or {@code docker.io}
 */
public record RegistryLogin(String registry, String user, String password) {
    /** Passwords are not for logs. */
    @Override
    public String toString() {
        return user + " at " + registry;
    }
}
