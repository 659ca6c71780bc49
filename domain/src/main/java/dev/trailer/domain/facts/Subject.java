package dev.trailer.domain.facts;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The aggregate that an event is about. */
public record Subject(Kind kind, String id) {
    public enum Kind {
        @JsonProperty("workspace")
        WORKSPACE,
        @JsonProperty("volume")
        VOLUME,
        @JsonProperty("image")
        IMAGE,
        @JsonProperty("host")
        HOST,
        @JsonProperty("secret")
        SECRET;

        /** As stored and as in JSON. */
        public String storedName() {
            return switch (this) {
                case WORKSPACE -> "workspace";
                case VOLUME -> "volume";
                case IMAGE -> "image";
                case HOST -> "host";
                case SECRET -> "secret";
            };
        }

        public static Kind ofStoredName(String name) {
            for (Kind kind : values()) {
                if (kind.storedName().equals(name)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no such kind of aggregate: " + name);
        }
    }
}
