package dev.trailer.api;

import dev.trailer.domain.reason.Reason;

/** The HTTP status of each refusal. */
public final class ProblemStatus {
    private ProblemStatus() {}

    public static int of(Reason.Refusal reason) {
        return switch (reason) {
            case Reason.InvalidInput _, Reason.Fixed _ -> 400;
            case Reason.Unauthenticated _, Reason.SignInFailed _, Reason.EnrolmentRefused _ -> 401;
            case Reason.Forbidden _, Reason.CrossSite _ -> 403;
            case Reason.NotFound _, Reason.NoSuchPath _, Reason.ImageHasNoBuild _ -> 404;
            case Reason.MethodNotAllowed _ -> 405;
            case Reason.NotAcceptable _ -> 406;
            case Reason.NameInUse _,
                    Reason.BeingDeleted _,
                    Reason.NoCapacity _,
                    Reason.HostCordoned _,
                    Reason.HostDrained _,
                    Reason.HostOnline _,
                    Reason.HostNotReady _,
                    Reason.HostInUse _,
                    Reason.VolumeInUse _,
                    Reason.VolumeNotWhole _,
                    Reason.WorkspaceRunning _,
                    Reason.ImageIsRetired _,
                    Reason.SecretGone _,
                    Reason.Contended _,
                    Reason.EpochSuperseded _ -> 409;
            case Reason.Stale _ -> 412;
            case Reason.BodyTooLarge _ -> 413;
            case Reason.UnsupportedMediaType _ -> 415;
            case Reason.KeyReused _ -> 422;
            case Reason.PreconditionRequired _ -> 428;
            case Reason.Internal _ -> 500;
            case Reason.TransferFailed _ -> 502;
            case Reason.LedgerUnavailable _, Reason.SecretsUnavailable _, Reason.AgentAway _ -> 503;
        };
    }
}
