package dev.trailer.api;

import dev.trailer.domain.account.AccountId;

/** Names for accounts, looked up when something is read: events and views hold ids only. */
public interface People {
    /** The handle, or {@code erased-user} where it is no longer known. */
    String handleOf(AccountId account);
}
