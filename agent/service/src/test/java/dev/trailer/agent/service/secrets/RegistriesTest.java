package dev.trailer.agent.service.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.SecretValues;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.engine.RegistryLogin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistriesTest {
    @Test
    void a_login_is_two_words_or_json() {
        assertThat(Registries.read("r.example", "robot:pass:word"))
                .isEqualTo(new RegistryLogin("r.example", "robot", "pass:word"));
        assertThat(Registries.read("r.example", "{\"username\":\"robot\",\"password\":\"p\"}"))
                .isEqualTo(new RegistryLogin("r.example", "robot", "p"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"t0psecret", ":t0psecret", "{\"username\":\"t0psecret\"}", "{t0psecret:x", ""})
    void what_is_neither_is_refused_without_being_repeated(String value) {
        assertThatThrownBy(() -> Registries.read("r.example", value))
                .isInstanceOf(EngineException.class)
                .message()
                .doesNotContain("t0psecret");
    }

    @Test
    void a_login_does_not_tell_its_password() {
        assertThat(Registries.read("r.example", "robot:t0psecret")).hasToString("robot at r.example");
    }

    @Test
    void a_password_out_of_json_is_masked_too() throws InterruptedException {
        var masks = new Masks();
        var value = "{\"username\":\"robot\",\"password\":\"t0psecret\"}".getBytes(StandardCharsets.UTF_8);
        var registries =
                new Registries(image -> new SecretValues(List.of(new SecretValues.Value("s-1", 1, value))), masks);
        assertThat(registries.login(new ImageRef("i", "i", 1), "r.example").password())
                .isEqualTo("t0psecret");
        masks.keepOnly(List.of());
        assertThat(masks.mask("unauthorized: t0psecret")).isEqualTo("unauthorized: ***");
    }
}
