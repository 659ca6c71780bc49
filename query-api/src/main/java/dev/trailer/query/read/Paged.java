package dev.trailer.query.read;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents the parameters of a list. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(
        name = "cursor",
        in = ParameterIn.QUERY,
        description = "The next of an earlier answer",
        schema = @Schema(type = "string", maxLength = 400))
@Parameter(
        name = "limit",
        in = ParameterIn.QUERY,
        schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
@Parameter(
        name = "Trailer-Position",
        in = ParameterIn.HEADER,
        description = "Wait, up to 2 s, until this position of one's own writes is seen",
        schema = @Schema(type = "integer", format = "int64", minimum = "0"))
public @interface Paged {}
