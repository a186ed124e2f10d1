package credits.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One request and its answer: token, timeout, retries with the same idempotency key, problems. */
abstract class Transport {
    /** No caller waits longer than this between two attempts: what asks for more is thrown as it is. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    record Settings(
            String baseUrl,
            Supplier<String> token,
            Duration timeout,
            int retries,
            HttpClient http,
            Consumer<HttpResponse<String>> listener) {}

    private final Settings settings;

    Transport(Settings settings) {
        this.settings = settings;
    }

    /** A fresh key, to be kept by those who want to repeat a request later. */
    public static String newIdempotencyKey() {
        return UUID.randomUUID().toString();
    }

    static String path(String template, String... arguments) {
        for (String argument : arguments) {
            template = template.replaceFirst("\\{[a-z_]+}", encode(argument));
        }
        return template;
    }

    static <T> T copy(T model) {
        return Json.copy(model);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    <T> T send(Class<T> answer, String method, String path, Object query, Object body, String key) {
        boolean repeatable = !method.equals("POST") || key != null;
        for (int attempt = 0; ; attempt++) {
            boolean last = attempt == settings.retries;
            Duration wait = Duration.ofMillis(500L << Math.min(attempt, 6));
            try {
                HttpResponse<String> response = settings.http.send(
                        request(method, path, query, body, key), HttpResponse.BodyHandlers.ofString());
                settings.listener.accept(response);
                if (response.statusCode() < 300) {
                    return read(answer, response.body());
                }
                Duration named = retryAfter(response);
                wait = named == null ? wait : named;
                if (last || wait.compareTo(LONGEST_WAIT) > 0 || !again(response.statusCode(), repeatable, named != null)) {
                    throw CreditsException.of(response.statusCode(), response.body());
                }
                Thread.sleep(wait.toMillis());
            } catch (IOException e) {
                if (last || !repeatable || e instanceof JsonProcessingException) {
                    throw new UncheckedIOException(e);
                }
                pause(wait);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    /** Whether another attempt is safe and worth it. */
    private static boolean again(int status, boolean repeatable, boolean waitIsNamed) {
        boolean underWay = status == 409 && waitIsNamed; // the same request is still executed
        return status == 429 || repeatable && (status == 503 || underWay);
    }

    private HttpRequest request(String method, String path, Object query, Object body, String key) {
        String search = query == null ? "" : Json.members(query).entrySet().stream()
                .map(member -> member.getKey() + "=" + encode(String.valueOf(member.getValue())))
                .collect(Collectors.joining("&", "?", ""));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.baseUrl + path + search))
                .timeout(settings.timeout)
                .header("Authorization", "Bearer " + settings.token.get());
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        if (method.equals("POST") || method.equals("PUT")) {
            String text = body == null ? "{}" : Json.write(body);
            return request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(text))
                    .build();
        }
        return request.method(method, HttpRequest.BodyPublishers.noBody()).build();
    }

    private static <T> T read(Class<T> answer, String text) throws JsonProcessingException {
        if (answer == String.class) {
            return answer.cast(text);
        }
        return answer == Void.class ? null : Json.read(answer, text);
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers().firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while a request was under way", e);
    }
}
