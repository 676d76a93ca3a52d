package io.dsrbroker.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the parameters of a list that comes in pages. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
        name = "limit",
        in = ParameterIn.QUERY,
        description = "How many items at most.",
        schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "500", defaultValue = "50"))
@Parameter(
        name = "cursor",
        in = ParameterIn.QUERY,
        description = "The `next` of the page before.",
        schema = @Schema(type = "string", pattern = "^[A-Za-z0-9_-]*$", maxLength = Cursor.LONGEST))
@interface Paged {}
