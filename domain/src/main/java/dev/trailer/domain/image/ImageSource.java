package dev.trailer.domain.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.trailer.domain.secret.SecretRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an image version is made from. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ImageSource.Dockerfile.class, name = "dockerfile"),
    @JsonSubTypes.Type(value = ImageSource.Reference.class, name = "reference"),
})
public sealed interface ImageSource {
    /** What a registry asks for: {@code user:password}, or JSON with {@code username} and {@code password}. */
    @Nullable
    SecretRef secret();

    /** The whole definition, Dockerfile and files together; a request has at most 1 MiB anyway. */
    int MAX_LENGTH = 900_000;

    int MAX_FILES = 100;
    int MAX_BUILD_ARGS = 100;

    /**
     * @param files the build context: relative path to text
     * @param base the version of an image of ours that it is built on, null if it begins elsewhere
     * @param secret null where the registry of the foreign images that it takes from asks for nothing
     */
    record Dockerfile(
            String text,
            SequencedMap<String, String> files,
            SequencedMap<String, String> buildArgs,
            @Nullable ImageRef base,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            SecretRef secret)
            implements ImageSource {
        /** One that takes only from what anybody may pull. */
        public Dockerfile(
                String text,
                SequencedMap<String, String> files,
                SequencedMap<String, String> buildArgs,
                @Nullable ImageRef base) {
            this(text, files, buildArgs, base, null);
        }

        public Dockerfile {
            files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
            buildArgs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(buildArgs));
            if (text.isBlank()) {
                throw new IllegalArgumentException("a Dockerfile must not be empty");
            }
            if (files.size() > MAX_FILES || buildArgs.size() > MAX_BUILD_ARGS) {
                throw new IllegalArgumentException(
                        "at most " + MAX_FILES + " files and " + MAX_BUILD_ARGS + " build arguments");
            }
            long length = text.length();
            for (var file : files.entrySet()) {
                requireFile(file.getKey());
                length += file.getValue().length();
            }
            if (length > MAX_LENGTH) {
                throw new IllegalArgumentException(
                        "a Dockerfile and its files have at most " + MAX_LENGTH + " characters together");
            }
        }

        private static final Pattern FILE = Pattern.compile("[A-Za-z0-9._@+-]+(/[A-Za-z0-9._@+-]+)*");
        private static final int MAX_FILE_PATH = 255;

        /** @throws IllegalArgumentException if the path is not a plain one inside the build context */
        public static void requireFile(String path) {
            boolean plain = path.length() <= MAX_FILE_PATH && FILE.matcher(path).matches();
            if (!plain || Stream.of(path.split("/")).anyMatch(s -> s.equals(".") || s.equals(".."))) {
                throw new IllegalArgumentException(
                        "a file's path is relative, of letters, digits and . _ @ + -, without . or .. segments");
            }
            if (path.equals("Dockerfile")) {
                throw new IllegalArgumentException("Dockerfile is taken by the Dockerfile itself");
            }
        }
    }

    /**
     * An image that an engine can pull or already has, such as {@code postgres:18}.
     *
     * @param secret null where its registry asks for nothing
     */
    record Reference(
            String reference,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            SecretRef secret) implements ImageSource {
        public static final int MAX_LENGTH = 255;
        private static final String NAME = "[a-z0-9]+([._-]+[a-z0-9]+)*";
        private static final Pattern FORM = Pattern.compile("([a-z0-9]([a-z0-9.-]*[a-z0-9])?:[0-9]{1,5}/)?" + NAME
                + "(/" + NAME + ")*(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?");

        /** One that anybody may pull. */
        public Reference(String reference) {
            this(reference, null);
        }

        public Reference {
            if (reference.length() > MAX_LENGTH || !FORM.matcher(reference).matches()) {
                throw new IllegalArgumentException(
                        "a reference has the form [registry/]name[:tag][@sha256:digest], without user or password");
            }
        }
    }
}
