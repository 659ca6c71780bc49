package dev.trailer.e2e.faults.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Turns the minutes that a server waits, after its start or some trouble, before it judges silent hosts into seconds: else a
 * campaign that troubles servers all the time would never see one judged. Any thread.
 */
public final class Haste implements ClassFileTransformer {
    /** The class whose constant is meant, with slashes. */
    public static final String CALM = "dev/trailer/agent/gateway/Calm";

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (!name.equals(CALM)) {
            return null;
        }
        var hurried = hurry(bytes);
        if (hurried == null) {
            Hook.say("broken " + name + ": it counts no minutes");
        }
        return hurried;
    }

    /** @return null if there is nothing to hurry */
    public static byte @Nullable [] hurry(byte[] bytes) {
        var duration = ClassDesc.of(Duration.class.getName());
        var found = new AtomicBoolean();
        var hurry = ClassTransform.transformingMethodBodies(
                method -> method.methodName().equalsString("<clinit>"), (code, element) -> {
                    if (element instanceof InvokeInstruction call && call.name().equalsString("ofMinutes")) {
                        found.set(true);
                        code.invokestatic(
                                duration, "ofSeconds", MethodTypeDesc.ofDescriptor("(J)Ljava/time/Duration;"));
                    } else {
                        code.with(element);
                    }
                });
        var hurried = ClassFile.of().transformClass(ClassFile.of().parse(bytes), hurry);
        return found.get() ? hurried : null;
    }
}
