package dev.trailer.query.output;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents what {@link OutputLog} takes and answers. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(
        name = Place.LAST_EVENT_ID,
        in = ParameterIn.HEADER,
        description = "Of the last event that was seen: go on behind it",
        schema = @Schema(type = "string"))
@ApiResponse(
        responseCode = "200",
        description =
                "Plain text until it ends; with Accept: text/event-stream events with ids, whose data are lines, events"
                        + " named part (what is worked on from there on) and reset (it begins anew), and at last one named end",
        content = {
            @Content(mediaType = "text/plain", schema = @Schema(type = "string")),
            @Content(mediaType = "text/event-stream", schema = @Schema(type = "string"))
        })
public @interface FollowsOutput {}
