package credits.client;

import credits.client.model.*;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.*;
import java.util.concurrent.Callable;

/** The end-to-end test: the same steps in every language, against a live server. sdk/test.sh runs it. */
public final class EndToEnd {
    private static final String ACCOUNT = "sdk-java";

    private final Credits admin = Credits.of(env("API_URL"), env("ADMIN_TOKEN"));
    private final Credits service = client("API_URL", "SERVICE_TOKEN");
    private final Credits shaky = client("SHAKY_URL", "SERVICE_TOKEN");
    private final Credits newer = Credits.of(env("SHAKY_URL"), env("USER_TOKEN"));
    private final Credits user = client("API_URL", "USER_TOKEN");

    private boolean failed;
    private boolean replayed;
    private int answers;

    public static void main(String[] arguments) {
        EndToEnd test = new EndToEnd();
        test.run();
        System.exit(test.failed ? 1 : 0);
    }

    private static String env(String name) {
        return Objects.requireNonNull(System.getenv(name), name + " is not set: run me under sdk/test.sh");
    }

    private Credits client(String url, String token) {
        return Credits.builder(env(url)).token(() -> env(token)).onResponse(this::hear).build();
    }

    private void hear(HttpResponse<String> response) {
        replayed = response.headers().firstValue("Idempotent-Replayed").equals(Optional.of("true"));
        answers++;
    }

    /** Prints one cell of the matrix. */
    private <T> T step(String name, Callable<T> step) {
        try {
            T result = step.call();
            System.out.println("ok " + name);
            return result;
        } catch (Exception | AssertionError e) {
            failed = true;
            System.out.println("FAILED " + name + ": " + e);
            return null;
        }
    }

    private static void check(boolean holds, Object what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private static NewDebit work(String reference) {
        return new NewDebit()
                .accountId(ACCOUNT)
                .operation("model_inference")
                .variant("large")
                .quantities(Map.of("input_tokens", new BigDecimal(1200), "output_tokens", new BigDecimal(350)))
                .reference(reference);
    }

    private void run() {
        step("grant", this::grant);
        Quote quote = step("quote", this::quote);
        HoldWithBalance hold = step("hold", () -> hold(quote));
        step("capture", () -> capture(hold));
        step("debit", this::debit);
        step("retry", this::retry);
        step("history", this::history);
        step("export", () -> export(hold));
        step("tomorrow", this::tomorrow);
        step("problem", this::problem);
        step("webhook", this::webhook);
    }

    private Adjustment grant() {
        Adjustment grant = admin.createAdjustment(ACCOUNT, new NewAdjustment().credits("+100").reason("A test"));
        check(grant.balance().available().equals("100"), grant);
        return grant;
    }

    private Quote quote() {
        Quote quote = service.createQuote(new NewQuote()
                .accountId(ACCOUNT)
                .operation("backtesting")
                .quantities(Map.of("assets", new BigDecimal(3), "bar_years", new BigDecimal("7.5"))));
        check(quote.affordable() && quote.quantities().get("bar_years").equals(new BigDecimal("7.5")), quote);
        return quote;
    }

    private HoldWithBalance hold(Quote quote) {
        HoldWithBalance hold =
                service.createHold(new NewHold().accountId(ACCOUNT).quoteId(quote.id()).reference("run-1"));
        check(hold.credits().equals(quote.credits()) && hold.status() == HoldStatus.ACTIVE, hold);
        return hold;
    }

    private Capture capture(HoldWithBalance hold) {
        Capture capture = service.captureHold(hold.id(), new NewCapture().credits("0.5"));
        check(capture.charged().equals("0.5") && capture.held().equals("0"), capture);
        return capture;
    }

    private Debit debit() {
        Debit first = service.createDebit(work("answer-1"), "java-answer-1");
        check(!replayed, "the first answer is a repeat");
        Debit second = service.createDebit(work("answer-1"), "java-answer-1");
        check(replayed && second.equals(first), second);
        return second;
    }

    private Debit retry() {
        Debit debit = shaky.createDebit(work("answer-2"));
        check(replayed, "the lost answer was not asked for again with the same key");
        return debit;
    }

    private List<Long> history() {
        answers = 0;
        List<Long> sequences = new ArrayList<>();
        for (Entry entry : user.usageHistory(new ListUsageHistoryParams().limit(2L))) {
            sequences.add(entry.sequence());
        }
        check(sequences.equals(List.of(5L, 4L, 3L, 2L, 1L)) && answers == 3, sequences + " on " + answers + " pages");
        return sequences;
    }

    private String export(HoldWithBalance hold) {
        String text = user.exportUsageHistory(new ExportUsageHistoryParams().format("csv").from(hold.createdAt()));
        // Names, hold, capture and two debits; not the grant before them.
        check(text.lines().count() == 5, text);
        return text;
    }

    private Entry tomorrow() {
        List<Entry> page = newer.listUsageHistory(new ListUsageHistoryParams()).data();
        Entry grant = page.get(page.size() - 1);
        check(grant.kind() == EntryKind.UNKNOWN, grant);
        return grant;
    }

    private Problem problem() {
        try {
            service.createDebit(
                    new NewDebit().accountId(ACCOUNT).operation("backtesting").credits("1000").reference("too-much"));
        } catch (CreditsException e) {
            check(e.status() == 402 && e.code().equals("insufficient_credits"), e);
            check(e.problem().required().equals("1000") && e.problem().shortfall() != null, e.problem());
            return e.problem();
        }
        throw new AssertionError("nothing was refused");
    }

    private WebhookEvent webhook() throws WebhookVerificationException {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
            headers.put(name, List.of(env(name.toUpperCase(java.util.Locale.ROOT).replace('-', '_'))));
        }
        String body = env("WEBHOOK_BODY");
        String secret = env("WEBHOOK_SECRET");
        WebhookEvent event = Webhooks.verify(body, headers, secret);
        check(event.type().equals("balance.low") && event.data().credits().equals("97.5"), event);
        try {
            Webhooks.verify(body.replace("97.5", "98.5"), headers, secret);
        } catch (WebhookVerificationException e) {
            return event;
        }
        throw new AssertionError("a tampered body was accepted");
    }
}
