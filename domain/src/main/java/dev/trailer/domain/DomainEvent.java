package dev.trailer.domain;

/**
 * A fact about one aggregate. Each family ({@code WorkspaceEvent}, …) is sealed in its own package; every record carries
 * {@link StoredAs}. Events never carry secrets or personal data beyond an account id.
 */
public interface DomainEvent {}
