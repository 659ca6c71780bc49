package dev.trailer.agent.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one version of an image is made from; never changes. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ImageDefinition.Dockerfile.class, name = "dockerfile"),
    @JsonSubTypes.Type(value = ImageDefinition.Reference.class, name = "reference"),
})
public sealed interface ImageDefinition {
    /**
     * @param text its {@code FROM trailer/<name>} line, if any, means exactly {@code base}
     * @param files the build context: relative path to text
     * @param base an image of ours that must be there first; null if it begins elsewhere
     * @param secret the id of what the registry of its foreign images asks for, null where it asks for nothing
     */
    record Dockerfile(
            String text,
            Map<String, String> files,
            Map<String, String> buildArgs,
            DesiredResource.@Nullable ImageRef base,
            @Nullable String secret)
            implements ImageDefinition {
        /** One that takes only from what anybody may pull. */
        @SuppressWarnings("NullAway") // does not see the @Nullable of a compact constructor's nested type
        public Dockerfile(
                String text,
                Map<String, String> files,
                Map<String, String> buildArgs,
                DesiredResource.@Nullable ImageRef base) {
            this(text, files, buildArgs, base, null);
        }

        public Dockerfile {
            files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
            buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
        }
    }

    /** @param secret the id of what its registry asks for, null where it asks for nothing */
    record Reference(String reference, @Nullable String secret) implements ImageDefinition {
        /** One that anybody may pull. */
        public Reference(String reference) {
            this(reference, null);
        }
    }
}
