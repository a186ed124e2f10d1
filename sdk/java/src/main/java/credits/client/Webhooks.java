package credits.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import credits.client.model.WebhookEvent;
import java.util.List;
import java.util.Map;

/** Webhooks that the service sends, signed as Standard Webhooks says. */
public final class Webhooks {
    private Webhooks() {}

    /**
     * Checks the signature of a webhook with its endpoint's secret (whsec_…), and that it is not older than five minutes,
     * and reads it. An event may come more than once: the id of its data is the same then.
     *
     * @param body the body as it came, to the byte
     */
    public static WebhookEvent verify(String body, Map<String, List<String>> headers, String secret)
            throws WebhookVerificationException {
        try {
            new Webhook(secret).verify(body, headers);
            return Json.read(WebhookEvent.class, body);
        } catch (EmptyWebhookSecretException | JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
