/**
 * Why: the one sealed family that every phase, refusal and failed step carries. Door: {@link
 * dev.trailer.domain.reason.Reason}, {@link dev.trailer.domain.reason.Refused} and {@link
 * dev.trailer.domain.reason.Explanations}.
 */
@NullMarked
package dev.trailer.domain.reason;

import org.jspecify.annotations.NullMarked;
