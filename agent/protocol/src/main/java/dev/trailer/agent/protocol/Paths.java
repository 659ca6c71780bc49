package dev.trailer.agent.protocol;

/** Where the server answers agents. All but {@link #ENROL} take {@code Authorization: Bearer}. */
public final class Paths {
    /** POST {@link Enrolment.Request}; no authorisation but the token inside. */
    public static final String ENROL = "/agent/v1/enrol";
    /** POST {@link SessionOpening.Request} with the host's secret as bearer. */
    public static final String SESSION = "/agent/v1/session";
    /** GET with {@code ?after=REVISION&timeline=TIMELINE&waitMillis=N} and the session's token as bearer. */
    public static final String DESIRED = "/agent/v1/desired";
    /** POST {@link Heartbeat} with the session's token as bearer. */
    public static final String HEARTBEAT = "/agent/v1/heartbeat";
    /** POST {@link AttemptReport} with the session's token as bearer. */
    public static final String ATTEMPTS = "/agent/v1/attempts";
    /** GET {@code /{image}/{version}}: {@link ImageDefinition}; the session's token as bearer. */
    public static final String IMAGES = "/agent/v1/images";

    /** GET {@code /{workspace}}: {@link SecretValues} of all that it names; the session's token as bearer. */
    public static final String WORKSPACE_SECRETS = "/agent/v1/secrets/workspaces";

    /** GET {@code /{image}/{version}}: {@link SecretValues} of what its registry asks for; the session's token as bearer. */
    public static final String IMAGE_SECRETS = "/agent/v1/secrets/images";

    /** Where a container finds its secrets as files. */
    public static final String SECRET_FILES = "/run/secrets";

    /**
     * GET with {@code ?waitMillis=N}: {@link Transfer.Orders}, each told once. Then for each: PUT or GET {@code /{id}}, a sealed
     * stream; where the agent receives, POST {@code /{id}/begin} before it replaces anything; at the end POST {@code
     * /{id}/result}: {@link Transfer.Result}. All with the session's token as bearer.
     */
    public static final String TRANSFERS = "/agent/v1/transfers";

    private Paths() {}
}
