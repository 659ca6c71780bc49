package dev.trailer.query.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.api.ImageTemplateView;
import dev.trailer.domain.image.ImageSource;
import dev.trailer.domain.name.ImageName;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageTemplatesTest {
    static Iterable<ImageTemplateView> templates() {
        return ImageTemplates.ALL;
    }

    @ParameterizedTest
    @MethodSource("templates")
    void each_is_an_image_that_could_be_defined_as_it_is(ImageTemplateView template) {
        assertThat(new ImageName(template.name()).value()).isEqualTo(template.name());
        var source = new ImageSource.Dockerfile(
                template.dockerfile(), new LinkedHashMap<>(template.files()), new LinkedHashMap<>(), null);
        assertThat(source.text()).startsWith("FROM trailer/base\n").doesNotContain("%");
    }

    @Test
    void their_names_are_their_own() {
        assertThat(ImageTemplates.ALL.stream().map(ImageTemplateView::name)).doesNotHaveDuplicates();
    }
}
