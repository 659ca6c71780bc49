package dev.trailer.agent.service.secrets;

import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.SecretValues;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.engine.RegistryLogin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Who one is to the registries of images that not everybody may pull. Safe for many threads. */
public final class Registries {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Where values come from. */
    @FunctionalInterface
    public interface Secrets {
        SecretValues of(ImageRef image) throws InterruptedException;
    }

    private record Login(
            @Nullable String username, @Nullable String password) {}

    private final Secrets secrets;
    private final Masks masks;

    public Registries(Secrets secrets, Masks masks) {
        this.secrets = secrets;
        this.masks = masks;
    }

    /** @param registry which is told, and no other */
    public RegistryLogin login(ImageRef image, String registry) throws InterruptedException {
        var values = secrets.of(image).values();
        if (values.isEmpty()) {
            throw new EngineException("the server gave no secret for the registry");
        }
        byte[] value = values.getFirst().value();
        masks.learnOfImage(image.id(), List.of(value));
        var login = read(registry, new String(value, StandardCharsets.UTF_8).strip());
        masks.learnOfImage(image.id(), List.of(value, login.password().getBytes(StandardCharsets.UTF_8)));
        return login;
    }

    static RegistryLogin read(String registry, String value) {
        if (value.startsWith("{")) {
            try {
                var login = JSON.readValue(value, Login.class);
                if (login.username() != null && login.password() != null) {
                    return new RegistryLogin(registry, login.username(), login.password());
                }
            } catch (JacksonException e) {
                // Told below, without what is in it.
            }
        }
        int colon = value.indexOf(':');
        if (value.startsWith("{") || colon <= 0) {
            throw new EngineException(
                    "the registry's secret must be user:password, or JSON with username and password");
        }
        return new RegistryLogin(registry, value.substring(0, colon), value.substring(colon + 1));
    }
}
