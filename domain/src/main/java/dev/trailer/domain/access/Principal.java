package dev.trailer.domain.access;

import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.name.Handle;

/** Who is asking: authenticated, with the role that holds at this request. */
public record Principal(AccountId account, Handle handle, Role role) {}
