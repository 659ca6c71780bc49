package dev.trailer.domain.account;

/** For tests: accounts. */
public final class Accounts {
    public static final AccountId OWNER = new AccountId("00000000-0000-4000-8000-00000000c001");
    public static final AccountId OTHER = new AccountId("00000000-0000-4000-8000-00000000c002");

    private Accounts() {}
}
