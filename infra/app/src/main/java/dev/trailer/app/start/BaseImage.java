package dev.trailer.app.start;

import dev.trailer.api.Ids;
import dev.trailer.command.automation.BaseImagePolicy;
import dev.trailer.command.automation.PolicySender;
import dev.trailer.command.images.ImageLookup;
import dev.trailer.domain.image.ImageCommand.DefineImage;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.image.ImageSource;
import dev.trailer.domain.name.ImageName;
import java.time.Clock;
import java.util.LinkedHashMap;

/** The image that every installation begins with: a shell, git, curl, an ssh client and an editor. */
final class BaseImage {
    /** {@code infra/up} makes the image that this begins with on each host, without any registry. */
    private static final String DOCKERFILE = """
            FROM trailer-rootfs:bookworm
            RUN useradd --create-home --uid 1000 --shell /bin/bash dev \\
             && install --directory --owner=dev --group=dev /data /workspace
            ENV LANG=C.UTF-8
            USER dev
            WORKDIR /home/dev
            CMD ["sleep", "infinity"]
            """;

    private BaseImage() {}

    /** Two servers that start at once may both ask; the second is refused the name, and that is the end of it. */
    static void ensure(ImageLookup images, PolicySender sender, Clock clock) {
        if (images.active(BaseImagePolicy.BASE).isPresent()) {
            return;
        }
        var source = new ImageSource.Dockerfile(DOCKERFILE, new LinkedHashMap<>(), new LinkedHashMap<>(), null);
        sender.send(
                "first-start",
                null,
                new DefineImage(new ImageId(Ids.next(clock)), new ImageName(BaseImagePolicy.BASE), source));
    }
}
