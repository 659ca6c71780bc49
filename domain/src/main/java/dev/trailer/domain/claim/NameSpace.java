package dev.trailer.domain.claim;

import dev.trailer.domain.account.AccountId;

/**
 * Within what a name is unique.
 *
 * @param kind what is named, for the sentence that refuses a second one
 * @param scope whose names these are; empty for the whole installation
 */
public record NameSpace(String kind, String scope) {
    public static final NameSpace IMAGES = new NameSpace("image", "");
    public static final NameSpace HOSTS = new NameSpace("host", "");

    public static NameSpace secretsOf(AccountId owner) {
        return new NameSpace("secret", owner.value());
    }

    public static NameSpace workspacesOf(AccountId owner) {
        return new NameSpace("workspace", owner.value());
    }
}
