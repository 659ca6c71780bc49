package dev.trailer.domain.reason;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hamcrest.Description;
import org.hamcrest.Matcher;
import org.hamcrest.TypeSafeMatcher;

/** For tests: looking at why something was refused. */
public final class Refusals {
    private Refusals() {}

    /** For Axon's fixtures. */
    public static Matcher<Refused> refusedBecause(Reason reason) {
        return new TypeSafeMatcher<>() {
            @Override
            protected boolean matchesSafely(Refused refused) {
                return refused.reason().equals(reason);
            }

            @Override
            public void describeTo(Description description) {
                description.appendText("refused because " + reason);
            }
        };
    }

    /** @throws AssertionError if nothing is refused */
    public static Reason reasonFor(ThrowingCallable refused) {
        var thrown = catchThrowableOfType(Refused.class, refused);
        if (thrown == null) {
            throw new AssertionError("expected a refusal");
        }
        return thrown.reason();
    }
}
