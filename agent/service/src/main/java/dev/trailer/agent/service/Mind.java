package dev.trailer.agent.service;

import dev.trailer.agent.plan.Memory;
import java.util.function.UnaryOperator;

/** The planner's memory, changed by the loop and by the lanes. Safe for many threads. */
final class Mind {
    private Memory memory = Memory.EMPTY;

    synchronized Memory now() {
        return memory;
    }

    synchronized Memory update(UnaryOperator<Memory> change) {
        memory = change.apply(memory);
        return memory;
    }
}
