package dev.trailer.domain.reason;

/**
 * What to do about a reason.
 *
 * @param operation the API operation to call, as method and path template
 * @param label the same for a person, in the imperative
 */
public record Remedy(String operation, String label) {}
