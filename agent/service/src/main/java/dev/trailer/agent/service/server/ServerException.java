package dev.trailer.agent.service.server;

/** The server refused, or could not be reached. */
public final class ServerException extends RuntimeException {
    /** No answer came, or none that could be read. */
    public static final int UNREACHABLE = 0;

    private final int status;
    private final String code;

    /**
     * @param status of HTTP, or {@link #UNREACHABLE}
     * @param code of the problem answered, empty if there was none
     */
    public ServerException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** Another process speaks for this host now. */
    public boolean isFenced() {
        return status == 409 && code.equals("epoch_superseded");
    }

    /** The same call will never be taken: it is not understood. */
    public boolean isForGood() {
        return status == 400 || status == 404 || status == 405 || status == 413 || status == 422;
    }

    /** The server does not know the bearer. */
    public boolean isUnauthenticated() {
        return status == 401;
    }
}
