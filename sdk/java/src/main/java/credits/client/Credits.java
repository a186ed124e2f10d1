package credits.client;

import credits.client.model.Entry;
import credits.client.model.EntryPage;
import credits.client.model.ListUsageHistoryParams;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A client of the Credits API; usable by many threads at once.
 *
 * <p>Credits are decimal strings, as the service counts them: hand them to {@link java.math.BigDecimal}, never to a double.
 */
public final class Credits extends Operations {
    private Credits(Settings settings) {
        super(settings);
    }

    /** A client of the service at this address that authenticates with one bearer token. */
    public static Credits of(String baseUrl, String token) {
        return builder(baseUrl).token(token).build();
    }

    public static Builder builder(String baseUrl) {
        return new Builder(baseUrl);
    }

    /** Every entry that the query finds, newest first; pages are fetched as they are needed. Its limit is a page's size. */
    public Iterable<Entry> usageHistory(ListUsageHistoryParams query) {
        return () -> new Iterator<>() {
            private EntryPage page = listUsageHistory(query);
            private Iterator<Entry> fetched = page.data().iterator();

            @Override
            public boolean hasNext() {
                while (!fetched.hasNext() && page.nextCursor() != null) {
                    page = listUsageHistory(copy(query).cursor(page.nextCursor()));
                    fetched = page.data().iterator();
                }
                return fetched.hasNext();
            }

            @Override
            public Entry next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return fetched.next();
            }
        };
    }

    /** What a client does when nothing else is said: 30 seconds for each attempt, two retries. */
    public static final class Builder {
        private final String baseUrl;
        private Supplier<String> token = () -> "";
        private Duration timeout = Duration.ofSeconds(30);
        private int retries = 2;
        private HttpClient http = HttpClient.newHttpClient();
        private Consumer<HttpResponse<String>> listener = response -> {};

        private Builder(String baseUrl) {
            this.baseUrl = baseUrl.replaceAll("/+$", "");
        }

        public Builder token(String token) {
            return token(() -> token);
        }

        /** Asks for the bearer token before each attempt, for tokens that end. */
        public Builder token(Supplier<String> token) {
            this.token = token;
            return this;
        }

        /** Bounds each attempt. */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /** How often a call is tried again after 429, 503 or a lost connection. */
        public Builder retries(int retries) {
            this.retries = retries;
            return this;
        }

        /** Sends through another client, for proxies. */
        public Builder httpClient(HttpClient http) {
            this.http = http;
            return this;
        }

        /** Is told of every answer: X-Request-Id, Idempotent-Replayed, RateLimit. */
        public Builder onResponse(Consumer<HttpResponse<String>> listener) {
            this.listener = listener;
            return this;
        }

        public Credits build() {
            return new Credits(new Transport.Settings(baseUrl, token, timeout, retries, http, listener));
        }
    }
}
