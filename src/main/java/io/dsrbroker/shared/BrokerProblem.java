package io.dsrbroker.shared;

import java.util.List;
import java.util.Map;

/**
 * A situation that a caller must hear of as an RFC 9457 problem; one final subclass per situation.
 *
 * <p>Nothing in it may be an identifier of a person or content of an upstream.
 */
public abstract class BrokerProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String name;
    private final String title;
    private final transient Map<String, Object> properties;
    private final transient List<FieldError> errors;

    /** A wrong value at a place of the request's body. */
    public record FieldError(String pointer, String detail) {}

    protected BrokerProblem(int status, String name, String title, String detail) {
        this(status, name, title, detail, Map.of(), List.of());
    }

    protected BrokerProblem(
            int status,
            String name,
            String title,
            String detail,
            Map<String, Object> properties,
            List<FieldError> errors) {
        super(detail);
        this.status = status;
        this.name = name;
        this.title = title;
        this.properties = properties;
        this.errors = errors;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The last segment of the problem's {@code type}, stable. */
    public String name() {
        return name;
    }

    /** A short summary that is the same for every occurrence. */
    public String title() {
        return title;
    }

    /** What this occurrence is about. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** What the caller needs next, such as the current stage. */
    public Map<String, Object> properties() {
        return properties;
    }

    /** The fields at fault, empty where none is. */
    public List<FieldError> errors() {
        return errors;
    }
}
