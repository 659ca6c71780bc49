package dev.trailer.domain.reason;

/**
 * One thing wrong with one field of a request.
 *
 * @param pointer JSON pointer (RFC 6901) to the field, or {@code ?name} for a query parameter, {@code name:} for a header
 * @param code stable, for programs
 * @param message what is allowed, for people
 */
public record FieldError(String pointer, String code, String message) {}
