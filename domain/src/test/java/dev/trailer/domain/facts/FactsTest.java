package dev.trailer.domain.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.trailer.domain.account.Accounts;
import dev.trailer.domain.facts.Subject.Kind;
import dev.trailer.domain.host.Hosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactsTest {
    @ParameterizedTest
    @EnumSource
    void a_kind_is_found_by_the_name_under_which_it_is_stored(Kind kind) {
        assertThat(Kind.ofStoredName(kind.storedName())).isEqualTo(kind);
    }

    @Test
    void stored_names_are_forever() {
        assertThat(Kind.values())
                .extracting(Kind::storedName)
                .containsExactly("workspace", "volume", "image", "host", "secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "WORKSPACE", "account", "workspace "})
    void other_names_are_refused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Kind.ofStoredName(name));
    }

    @Test
    void an_actor_is_an_account_an_agent_or_a_policy() {
        assertThat(Actor.account(Accounts.OWNER)).isEqualTo(new Actor(Actor.Kind.ACCOUNT, Accounts.OWNER.value()));
        assertThat(Actor.agent(Hosts.ID)).isEqualTo(new Actor(Actor.Kind.AGENT, Hosts.ID.value()));
        assertThat(Actor.system("auto-stop")).isEqualTo(new Actor(Actor.Kind.SYSTEM, "auto-stop"));
    }
}
