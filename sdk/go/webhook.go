// Webhooks that the service sends, signed as Standard Webhooks says.

package credits

import (
	"encoding/json"
	"net/http"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// VerifyWebhook checks the signature of a webhook with its endpoint's secret (whsec_…), and that it is not older than
// five minutes, and reads it. The body must be the bytes as they came. An event may come more than once: Data.ID is the
// same then.
func VerifyWebhook(body []byte, header http.Header, secret string) (*WebhookEvent, error) {
	webhook, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		return nil, err
	}
	if err := webhook.Verify(body, header); err != nil {
		return nil, err
	}
	var event WebhookEvent
	if err := json.Unmarshal(body, &event); err != nil {
		return nil, err
	}
	return &event, nil
}
