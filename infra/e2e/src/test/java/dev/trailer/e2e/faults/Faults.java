package dev.trailer.e2e.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A campaign: {@code -Dtrailer.e2e=off} skips it, {@code long} runs it at full counts. Others may run beside it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(named = "trailer.e2e", matches = "off", disabledReason = "-Dtrailer.e2e=off")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Faults.MACHINE, mode = ResourceAccessMode.READ)
public @interface Faults {
    /** What whoever must not be disturbed has for itself. */
    String MACHINE = "the machine";
}
