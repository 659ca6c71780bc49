package dev.trailer.domain.secret;

import dev.trailer.domain.account.Accounts;
import dev.trailer.domain.name.SecretName;
import dev.trailer.domain.secret.SecretEvent.SecretCreated;

/** For tests: secrets. */
public final class Secrets {
    public static final SecretId ID = new SecretId("00000000-0000-4000-8000-00000000f001");
    public static final SecretName TOKEN = new SecretName("github-token");
    public static final SecretRef REF = new SecretRef(ID, TOKEN);
    static final SecretCreated CREATED = new SecretCreated(ID, Accounts.OWNER, TOKEN);

    private Secrets() {}
}
