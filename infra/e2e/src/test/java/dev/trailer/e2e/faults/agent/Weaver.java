package dev.trailer.e2e.faults.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes a call of {@link Hook#hit} into the product's methods, at each point. Any thread. */
public final class Weaver implements ClassFileTransformer {
    private static final ClassDesc HOOK = ClassDesc.of(Hook.class.getName());
    private static final MethodTypeDesc HIT = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);

    private final List<Point> points;
    private final Set<Point> found = ConcurrentHashMap.newKeySet();

    public Weaver(List<Point> points) {
        this.points = List.copyOf(points);
    }

    /** The points that were written in so far. */
    public Set<Point> found() {
        return Set.copyOf(found);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        try {
            return weave(name, bytes, loader == null ? ClassLoader.getSystemClassLoader() : loader);
        } catch (RuntimeException | Error e) {
            // The JVM would pass over it in silence.
            Hook.say("broken " + name + ": " + e);
            return null;
        }
    }

    /**
     * @param name with slashes
     * @param loader knows the classes that it uses
     * @return null if no point is in it
     */
    public byte @Nullable [] weave(String name, byte[] bytes, ClassLoader loader) {
        var here = points.stream()
                .filter(point -> point.type().replace('.', '/').equals(name))
                .toList();
        if (here.isEmpty()) {
            return null;
        }
        var hierarchy =
                ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver());
        var classes = ClassFile.of(ClassHierarchyResolverOption.of(hierarchy));
        ClassTransform all = ClassTransform.ACCEPT_ALL;
        for (Point point : here) {
            all = all.andThen(ClassTransform.transformingMethodBodies(
                    method -> method.methodName().equalsString(point.method()), at(point)));
        }
        return classes.transformClass(classes.parse(bytes), all);
    }

    private CodeTransform at(Point point) {
        return switch (point.when()) {
            case ENTRY -> CodeTransform.ofStateful(() -> new AtEntry(point));
            case EXIT ->
                (code, element) -> {
                    if (element instanceof ReturnInstruction) {
                        hit(code, point);
                    }
                    code.with(element);
                };
            case BEFORE ->
                (code, element) -> {
                    if (calls(element, point)) {
                        hit(code, point);
                    }
                    code.with(element);
                };
            case AFTER ->
                (code, element) -> {
                    code.with(element);
                    if (calls(element, point)) {
                        hit(code, point);
                    }
                };
        };
    }

    private final class AtEntry implements CodeTransform {
        private final Point point;

        AtEntry(Point point) {
            this.point = point;
        }

        @Override
        public void atStart(CodeBuilder code) {
            hit(code, point);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }

    private static boolean calls(CodeElement element, Point point) {
        return element instanceof InvokeInstruction call && call.name().equalsString(point.callee());
    }

    private void hit(CodeBuilder code, Point point) {
        code.ldc(point.name()).invokestatic(HOOK, "hit", HIT);
        found.add(point);
    }
}
