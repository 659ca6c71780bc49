package dev.trailer.command.automation;

import dev.trailer.command.change.Aggregates;
import dev.trailer.command.images.ImageLookup;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.host.HostEvent.HostReturned;
import dev.trailer.domain.image.ImageCommand.RequestBuild;

/** The image {@code base} is built as soon as a first host is there, so that the first workspace need not wait for it. */
public final class BaseImagePolicy implements Policy {
    public static final String BASE = "base";

    private final PolicySender sender;
    private final Aggregates aggregates;
    private final ImageLookup images;

    public BaseImagePolicy(PolicySender sender, Aggregates aggregates, ImageLookup images) {
        this.sender = sender;
        this.aggregates = aggregates;
        this.images = images;
    }

    @Override
    public String name() {
        return "base-image";
    }

    @Override
    public void on(RecordedEvent recorded) {
        if (recorded.event() instanceof HostReturned returned) {
            var host = aggregates.host(returned.host());
            images.active(BASE)
                    .filter(image -> image.lastBuild() == 0)
                    .ifPresent(image ->
                            host.ifPresent(h -> sender.send(name(), recorded, new RequestBuild(image.id(), h.ref()))));
        }
    }
}
