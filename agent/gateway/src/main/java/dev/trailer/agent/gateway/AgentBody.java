package dev.trailer.agent.gateway;

/** What an agent sent, as it came. */
@SuppressWarnings("ArrayRecordComponent") // read once, by the handler it was made for
record AgentBody(byte[] bytes) {
    /** For those whose session is known: 4 MiB are some 1,000 workspaces that all failed, with the engine's words. */
    static final int MAX_BYTES = 4 << 20;

    /** For enrolling and opening a session. */
    static final int MAX_BYTES_BEFORE_SESSION = 64 << 10;
}
