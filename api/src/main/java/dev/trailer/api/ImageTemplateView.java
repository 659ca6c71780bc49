package dev.trailer.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something to begin an image with.
 *
 * @param name also a name that the image may have
 * @param files relative path to text
 */
@Schema(name = "ImageTemplate")
public record ImageTemplateView(String name, String title, String dockerfile, Map<String, String> files) {
    public ImageTemplateView {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }
}
