package credits.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import credits.client.model.Problem;

/** The service said no, and why (RFC 9457): act on {@link #code()}; docs/ERRORS.md lists them all. */
public final class CreditsException extends RuntimeException {
    private final transient Problem problem;

    CreditsException(Problem problem) {
        super(problem.code() + " (" + problem.status() + "): " + problem.detail());
        this.problem = problem;
    }

    /** What is no problem document, a proxy's page for example, becomes one with the code "unknown". */
    static CreditsException of(int status, String text) {
        Problem problem;
        try {
            problem = Json.read(Problem.class, text);
        } catch (JsonProcessingException e) {
            problem = new Problem().title("The answer is no problem document.").detail(text);
        }
        if (problem.code() == null) {
            problem.code("unknown");
        }
        return new CreditsException(problem.status(status));
    }

    /** Stable. */
    public String code() {
        return problem.code();
    }

    /** The HTTP status. */
    public int status() {
        return problem.status();
    }

    /** Everything that it said: numbers that a program needs are members of their own. */
    public Problem problem() {
        return problem;
    }
}
