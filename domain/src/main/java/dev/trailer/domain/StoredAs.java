package dev.trailer.domain;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name and revision under which an event is stored. Stored names are forever, Java names are not: rename the class
 * as you like, never change the value; a changed shape takes the next revision and an upcaster.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StoredAs {
    /** For example {@code workspace.created}. */
    String value();

    /** Counts up from 1 with each change of the stored shape. */
    int revision() default 1;
}
