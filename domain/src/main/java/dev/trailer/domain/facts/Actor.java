package dev.trailer.domain.facts;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.host.HostId;

/**
 * Who caused an event.
 *
 * @param id an account's or a host's id, or the name of a policy of the system
 */
public record Actor(Kind kind, String id) {
    public enum Kind {
        @JsonProperty("account")
        ACCOUNT,
        @JsonProperty("agent")
        AGENT,
        @JsonProperty("system")
        SYSTEM
    }

    public static Actor account(AccountId account) {
        return new Actor(Kind.ACCOUNT, account.value());
    }

    public static Actor agent(HostId host) {
        return new Actor(Kind.AGENT, host.value());
    }

    /** @param policy for example {@code auto-stop} */
    public static Actor system(String policy) {
        return new Actor(Kind.SYSTEM, policy);
    }
}
