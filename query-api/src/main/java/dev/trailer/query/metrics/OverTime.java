package dev.trailer.query.metrics;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents the parameters of a {@link Range}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(
        name = "from",
        in = ParameterIn.QUERY,
        description = "An instant; an hour before the end by default, at most 366 days before it",
        schema = @Schema(type = "string", format = "date-time"))
@Parameter(
        name = "to",
        in = ParameterIn.QUERY,
        description = "An instant; now by default",
        schema = @Schema(type = "string", format = "date-time"))
@Parameter(
        name = "points",
        in = ParameterIn.QUERY,
        description = "How many points at most",
        schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "240"))
public @interface OverTime {}
