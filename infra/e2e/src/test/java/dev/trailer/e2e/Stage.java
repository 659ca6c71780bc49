package dev.trailer.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Hands the suites what they share, made when first asked for and closed after the last; keeps what there is to see when
 * a test fails, in {@code infra/e2e/target/failures}.
 */
final class Stage
        implements ParameterResolver, TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {
    private static final Namespace SHARED = Namespace.create(Stage.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Trailer.class || type == Browsers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        var shared = context.getRoot().getStore(SHARED);
        shared.computeIfAbsent("forgotten", _ -> {
            Checkout.forgetKept();
            return true;
        });
        return type == Trailer.class
                ? shared.computeIfAbsent(type, _ -> Trailer.started("standalone", "standalone"))
                : shared.computeIfAbsent(type, _ -> new Browsers());
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        keepEvidence(context, failure);
        throw failure;
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        keepEvidence(context, failure);
        throw failure;
    }

    @Override
    public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        keepEvidence(context, failure);
        throw failure;
    }

    private static void keepEvidence(ExtensionContext context, Throwable failure) {
        try {
            var what = context.getRequiredTestClass().getSimpleName()
                    + context.getTestMethod()
                            .map(method -> "." + method.getName())
                            .orElse("");
            var folder = Checkout.kept("failures/" + what);
            Trailer.running().forEach(trailer -> trailer.keepLog(folder));
            if (context.getRoot().getStore(SHARED).get(Browsers.class) instanceof Browsers browsers) {
                int number = 0;
                for (Screen screen : browsers.open()) {
                    screen.keep(folder, "screen-" + ++number);
                }
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
