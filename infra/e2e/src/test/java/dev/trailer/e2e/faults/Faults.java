package dev.trailer.e2e.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A campaign: {@code -Dtrailer.e2e=off} skips it, {@code long} runs it at full counts. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(named = "trailer.e2e", matches = "off", disabledReason = "-Dtrailer.e2e=off")
public @interface Faults {}
