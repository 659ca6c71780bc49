package dev.trailer.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trailer.domain.reason.Step;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptViewTest {
    /** The web client is compiled against the document: a step that is named here and has no words there does not compile. */
    @Test
    void every_step_is_in_the_document() throws NoSuchFieldException {
        var documented = AttemptView.StepView.class
                .getDeclaredField("step")
                .getAnnotation(Schema.class)
                .allowableValues();
        var steps = new ArrayList<String>();
        for (var step : Step.values()) {
            steps.add(requireNonNull(Step.class.getField(step.name()).getAnnotation(JsonProperty.class))
                    .value());
        }
        assertThat(List.of(documented)).containsExactlyInAnyOrderElementsOf(steps);
    }
}
