package dev.trailer.domain.workspace;

import dev.trailer.domain.name.AppName;

/** A port of the workspace with a name and a URL of its own. */
public record App(AppName name, int port, Visibility visibility) {
    public App {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port must be 1 to 65535");
        }
    }
}
