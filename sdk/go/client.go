// Package credits is a client of the Credits API.
//
// Credits are decimal strings, as the service counts them: hand them to a decimal library, never to a float.
// Quantities of work are float64, which keeps fifteen digits.
package credits

import (
	"net/http"
	"strings"
	"time"
)

// Client calls the API. It is safe for many goroutines at once.
type Client struct {
	baseURL    string
	token      func() (string, error)
	timeout    time.Duration
	retries    int
	http       *http.Client
	onResponse func(*http.Response)
}

// Option changes what a new Client does.
type Option func(*Client)

// New makes a client of the service at baseURL that authenticates with one bearer token.
func New(baseURL, token string, options ...Option) *Client {
	client := &Client{
		baseURL: strings.TrimRight(baseURL, "/"),
		token:   func() (string, error) { return token, nil },
		timeout: 30 * time.Second,
		retries: 2,
		http:    http.DefaultClient,
	}
	for _, option := range options {
		option(client)
	}
	return client
}

// WithToken asks for the bearer token before each attempt, for tokens that end.
func WithToken(token func() (string, error)) Option {
	return func(c *Client) { c.token = token }
}

// WithTimeout bounds each attempt; 30 seconds by default.
func WithTimeout(timeout time.Duration) Option {
	return func(c *Client) { c.timeout = timeout }
}

// WithRetries says how often a call is tried again after 429, 503 or a lost connection; 2 by default.
func WithRetries(retries int) Option {
	return func(c *Client) { c.retries = retries }
}

// WithHTTPClient sends through another http.Client, for proxies and tracing.
func WithHTTPClient(client *http.Client) Option {
	return func(c *Client) { c.http = client }
}

// OnResponse is told of every answer before its body is read: X-Request-Id, Idempotent-Replayed, RateLimit.
func OnResponse(listener func(*http.Response)) Option {
	return func(c *Client) { c.onResponse = listener }
}

// CallOption changes one call.
type CallOption func(*request)

// WithIdempotencyKey names the request, so that repeating it later, even from another process, does nothing twice.
// Without it every call has a fresh key, which its retries share.
func WithIdempotencyKey(key string) CallOption {
	return func(r *request) { r.key = key }
}

// Ptr gives an optional value its address: &7 is not Go.
func Ptr[T any](value T) *T { return &value }
