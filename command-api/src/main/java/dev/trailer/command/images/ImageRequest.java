package dev.trailer.command.images;

import dev.trailer.agent.protocol.ForeignImages;
import dev.trailer.agent.protocol.PlainDockerfile;
import dev.trailer.api.ErrorList;
import dev.trailer.command.change.StorableText;
import dev.trailer.command.secrets.SecretLookup;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.image.Image;
import dev.trailer.domain.image.ImageSource;
import dev.trailer.domain.name.SecretName;
import dev.trailer.domain.secret.Secret;
import dev.trailer.domain.secret.SecretRef;
import dev.trailer.domain.workspace.WorkspaceSpec;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image as sent: either {@code dockerfile}, with its context files and build arguments, or {@code reference}.
 *
 * @param files relative path to text
 * @param registrySecret the name of a secret of one's own with what the registry asks for, as {@code user:password} or JSON with
 *     {@code username} and {@code password}; beside a {@code dockerfile} only if that takes from one registry alone
 */
@Schema(name = "ImageRequest")
public record ImageRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String name,

        @Nullable String dockerfile,
        @Nullable LinkedHashMap<String, @Nullable String> files,
        @Nullable LinkedHashMap<String, @Nullable String> buildArgs,
        @Nullable String reference,
        @Nullable String registrySecret) {

    /** A URL with user info: credentials would stay in the history for ever. */
    private static final Pattern USER_INFO = Pattern.compile("://[^\\s/@\"']*:[^\\s/@\"']*@");

    static ImageRequest of(Image image) {
        var source = image.sources().getLast();
        var named = source.secret();
        var secret = named == null ? null : named.name().value();
        return switch (source) {
            case ImageSource.Dockerfile d ->
                new ImageRequest(
                        image.name().value(),
                        d.text(),
                        new LinkedHashMap<>(d.files()),
                        new LinkedHashMap<>(d.buildArgs()),
                        null,
                        secret);
            case ImageSource.Reference r ->
                new ImageRequest(image.name().value(), null, null, null, r.reference(), secret);
        };
    }

    /** Reads the source; null, and noted, if there is something wrong with it. */
    @Nullable
    ImageSource source(ErrorList errors, BaseResolver bases, SecretLookup secrets, AccountId who) {
        if (reference != null) {
            if (dockerfile != null
                    || (files != null && !files.isEmpty())
                    || (buildArgs != null && !buildArgs.isEmpty())) {
                errors.add("/reference", "ambiguous", "goes alone: leave out dockerfile, files and buildArgs");
                return null;
            }
            var secret = secret(errors, secrets, who);
            return errors.read("/reference", reference, text -> new ImageSource.Reference(text, secret));
        }
        if (dockerfile == null || dockerfile.isBlank()) {
            errors.add("/dockerfile", "required", "is required, unless there is a reference");
            return null;
        }
        if (USER_INFO.matcher(dockerfile).find()) {
            errors.add("/dockerfile", "credentials", "must not contain a URL with user and password");
        }
        errors.read("/dockerfile", dockerfile, StorableText::require);
        PlainDockerfile.refusal(dockerfile).ifPresent(words -> errors.add("/dockerfile", "not_allowed", words));
        var readFiles = entries("/files", files, ImageSource.MAX_FILES, errors, ImageRequest::fileProblem);
        var readArgs = entries("/buildArgs", buildArgs, ImageSource.MAX_BUILD_ARGS, errors, ImageRequest::argProblem);
        var base = bases.baseOf(dockerfile, errors);
        var secret = secret(errors, secrets, who);
        if (secret != null && ForeignImages.of(dockerfile).registry().isEmpty()) {
            errors.add(
                    "/registrySecret",
                    "ambiguous",
                    "goes with a reference, or a Dockerfile that takes from one registry alone, without variables:"
                            + " it is told nobody else");
        }
        return errors.isEmpty()
                ? errors.read(
                        "/dockerfile",
                        dockerfile,
                        text -> new ImageSource.Dockerfile(text, readFiles, readArgs, base, secret))
                : null;
    }

    private @Nullable SecretRef secret(ErrorList errors, SecretLookup secrets, AccountId who) {
        var name = registrySecret;
        var wellFormed = name == null ? null : errors.read("/registrySecret", name, SecretName::new);
        if (name == null || wellFormed == null) {
            return null;
        }
        var found = secrets.named(who, name);
        if (found.isEmpty()) {
            errors.add("/registrySecret", "unknown_secret", "there is no secret named " + name + " of yours");
        }
        return found.map(Secret::ref).orElse(null);
    }

    private static SequencedMap<String, String> entries(
            String pointer,
            @Nullable Map<String, @Nullable String> raw,
            int max,
            ErrorList errors,
            BiFunction<String, String, @Nullable String> problem) {
        var read = new LinkedHashMap<String, String>();
        if (raw == null) {
            return read;
        }
        if (raw.size() > max) {
            errors.add(pointer, "too_many", "at most " + max);
        }
        raw.forEach((key, value) -> {
            var wrong = value == null ? "must be text" : problem.apply(key, value);
            if (wrong != null || value == null) {
                errors.add(pointer + "/" + key.replace("~", "~0").replace("/", "~1"), "invalid", String.valueOf(wrong));
            } else {
                read.put(key, value);
            }
        });
        return read;
    }

    private static @Nullable String fileProblem(String path, String text) {
        try {
            ImageSource.Dockerfile.requireFile(path);
            StorableText.require(text);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static @Nullable String argProblem(String name, String value) {
        try {
            WorkspaceSpec.requireEnv(name, value);
            StorableText.require(value);
            return PlainDockerfile.argumentRefusal(name).orElse(null);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
