// One request and its answer: token, timeout, retries with the same idempotency key, problems.

package credits

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// No caller waits longer than this between two attempts: what asks for more is given back as it is.
const longestWait = 30 * time.Second

type request struct {
	method, path string
	body, query  any
	idempotent   bool
	key          string
}

// NewIdempotencyKey is a fresh key, to be kept by those who want to repeat a request later.
func NewIdempotencyKey() string {
	var random [16]byte
	rand.Read(random[:]) // never fails
	return fmt.Sprintf("%x", random)
}

// path puts the arguments into the places of a template.
func path(template string, arguments ...string) string {
	for _, argument := range arguments {
		from, to := strings.Index(template, "{"), strings.Index(template, "}")
		template = template[:from] + url.PathEscape(argument) + template[to+1:]
	}
	return template
}

// encodeQuery makes a query of a struct: its JSON names, and only what is set.
func encodeQuery(query any) (string, error) {
	if query == nil {
		return "", nil
	}
	text, err := json.Marshal(query)
	if err != nil {
		return "", err
	}
	members := map[string]any{}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&members); err != nil {
		return "", err
	}
	values := url.Values{}
	for name, value := range members {
		values.Set(name, fmt.Sprint(value))
	}
	return "?" + values.Encode(), nil
}

func answer[T any](ctx context.Context, c *Client, r request, options []CallOption) (*T, error) {
	text, err := c.send(ctx, r, options)
	if err != nil {
		return nil, err
	}
	var value T
	if err := json.Unmarshal(text, &value); err != nil {
		return nil, fmt.Errorf("credits: an answer that is not what the API describes: %w", err)
	}
	return &value, nil
}

func (c *Client) text(ctx context.Context, r request, options []CallOption) (string, error) {
	text, err := c.send(ctx, r, options)
	return string(text), err
}

// send gives back the body of a success; everything else is an error, most of them a *Problem.
func (c *Client) send(ctx context.Context, r request, options []CallOption) ([]byte, error) {
	for _, option := range options {
		option(&r)
	}
	if r.idempotent && r.key == "" {
		r.key = NewIdempotencyKey()
	}
	query, err := encodeQuery(r.query)
	if err != nil {
		return nil, err
	}
	body := []byte("{}")
	if r.body != nil {
		if body, err = json.Marshal(r.body); err != nil {
			return nil, err
		}
	}
	for attempt := 0; ; attempt++ {
		status, header, text, err := c.attempt(ctx, r, c.baseURL+r.path+query, body)
		if err == nil && status < 300 {
			return text, nil
		}
		if err == nil {
			err = newProblem(status, text)
		}
		wait, again := r.retry(status, header, attempt)
		if !again || attempt == c.retries {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(wait):
		}
	}
}

func (c *Client) attempt(ctx context.Context, r request, url string, body []byte) (int, http.Header, []byte, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	var content io.Reader
	if r.method == http.MethodPost || r.method == http.MethodPut {
		content = bytes.NewReader(body)
	}
	wire, err := http.NewRequestWithContext(ctx, r.method, url, content)
	if err != nil {
		return 0, nil, nil, err
	}
	token, err := c.token()
	if err != nil {
		return 0, nil, nil, err
	}
	wire.Header.Set("Authorization", "Bearer "+token)
	wire.Header.Set("Content-Type", "application/json")
	if r.key != "" {
		wire.Header.Set("Idempotency-Key", r.key)
	}
	response, err := c.http.Do(wire)
	if err != nil {
		return 0, nil, nil, err
	}
	defer response.Body.Close()
	if c.onResponse != nil {
		c.onResponse(response)
	}
	text, err := io.ReadAll(response.Body)
	return response.StatusCode, response.Header, text, err
}

// retry says whether another attempt is safe and worth it, and after how long. A status of 0 is a lost connection.
func (r request) retry(status int, header http.Header, attempt int) (time.Duration, bool) {
	after, err := strconv.Atoi(header.Get("Retry-After"))
	named := err == nil
	repeatable := r.method != http.MethodPost || r.key != ""
	switch {
	case status == http.StatusTooManyRequests:
	case repeatable && (status == 0 || status == http.StatusServiceUnavailable):
	case repeatable && status == http.StatusConflict && named: // the same request is still under way
	default:
		return 0, false
	}
	wait := 500 * time.Millisecond << attempt
	if named {
		wait = time.Duration(after) * time.Second
	}
	return wait, wait <= longestWait
}
