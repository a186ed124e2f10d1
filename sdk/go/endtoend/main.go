// The end-to-end test: the same steps in every language, against a live server. sdk/test.sh runs it.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"

	credits "credits.example/sdk"
)

const account = "sdk-go"

var failed = false

// step prints one cell of the matrix.
func step(name string, run func() error) {
	if err := run(); err != nil {
		failed = true
		fmt.Printf("FAILED %s: %v\n", name, err)
		return
	}
	fmt.Printf("ok %s\n", name)
}

func check(holds bool, format string, values ...any) error {
	if holds {
		return nil
	}
	return fmt.Errorf(format, values...)
}

func main() {
	ctx := context.Background()
	env := os.Getenv
	replayed, pages := false, 0
	listen := credits.OnResponse(func(response *http.Response) {
		replayed = response.Header.Get("Idempotent-Replayed") == "true"
		pages++
	})
	admin := credits.New(env("API_URL"), env("ADMIN_TOKEN"))
	service := credits.New(env("API_URL"), env("SERVICE_TOKEN"), listen)
	shaky := credits.New(env("SHAKY_URL"), env("SERVICE_TOKEN"), listen)
	newer := credits.New(env("SHAKY_URL"), env("USER_TOKEN"))
	user := credits.New(env("API_URL"), "", listen, credits.WithToken(func() (string, error) { return env("USER_TOKEN"), nil }))

	debit := credits.NewDebit{
		AccountID:  account,
		Operation:  "model_inference",
		Variant:    "large",
		Quantities: map[string]float64{"input_tokens": 1200, "output_tokens": 350},
		Reference:  "answer-1",
	}
	var quote *credits.Quote
	var hold *credits.HoldWithBalance

	step("grant", func() error {
		grant, err := admin.CreateAdjustment(ctx, account, credits.NewAdjustment{Credits: "+100", Reason: "A test"})
		if err != nil {
			return err
		}
		return check(grant.Balance.Available == "100", "available is %s", grant.Balance.Available)
	})
	step("quote", func() (err error) {
		quote, err = service.CreateQuote(ctx, credits.NewQuote{
			AccountID:  account,
			Operation:  "backtesting",
			Quantities: map[string]float64{"assets": 3, "bar_years": 7.5},
		})
		if err != nil {
			return err
		}
		return check(quote.Affordable && quote.Quantities["bar_years"] == 7.5, "the quote is %+v", quote)
	})
	step("hold", func() (err error) {
		hold, err = service.CreateHold(ctx, credits.NewHold{AccountID: account, QuoteID: quote.ID, Reference: "run-1"})
		if err != nil {
			return err
		}
		return check(hold.Credits == quote.Credits && hold.Status == credits.HoldStatusActive, "the hold is %+v", hold)
	})
	step("capture", func() error {
		capture, err := service.CaptureHold(ctx, hold.ID, credits.NewCapture{Credits: "0.5"})
		if err != nil {
			return err
		}
		return check(capture.Charged == "0.5" && capture.Held == "0", "the capture is %+v", capture)
	})
	step("debit", func() error {
		first, err := service.CreateDebit(ctx, debit, credits.WithIdempotencyKey("go-answer-1"))
		if err != nil {
			return err
		}
		if replayed {
			return errors.New("the first answer is a repeat")
		}
		second, err := service.CreateDebit(ctx, debit, credits.WithIdempotencyKey("go-answer-1"))
		if err != nil {
			return err
		}
		return check(replayed && second.ID == first.ID && second.Entry.Amount == first.Entry.Amount, "the repeat is %+v", second)
	})
	step("retry", func() error {
		again := debit
		again.Reference = "answer-2"
		_, err := shaky.CreateDebit(ctx, again)
		if err != nil {
			return err
		}
		return check(replayed, "the lost answer was not asked for again with the same key")
	})
	step("history", func() error {
		pages = 0
		var sequences []int64
		for entry, err := range user.UsageHistory(ctx, credits.ListUsageHistoryParams{Limit: 2}) {
			if err != nil {
				return err
			}
			sequences = append(sequences, entry.Sequence)
		}
		return check(fmt.Sprint(sequences) == "[5 4 3 2 1]" && pages == 3, "%v on %d pages", sequences, pages)
	})
	step("export", func() error {
		text, err := user.ExportUsageHistory(ctx, credits.ExportUsageHistoryParams{Format: "csv", From: &hold.CreatedAt})
		if err != nil {
			return err
		}
		// Names, hold, capture and two debits; not the grant before them.
		return check(strings.Count(text, "\n") == 5, "%s", text)
	})
	step("tomorrow", func() error {
		page, err := newer.ListUsageHistory(ctx, credits.ListUsageHistoryParams{})
		if err != nil {
			return err
		}
		grant := page.Data[len(page.Data)-1]
		return check(grant.Kind == "windfall", "the grant is %+v", grant)
	})
	step("problem", func() error {
		_, err := service.CreateDebit(ctx, credits.NewDebit{AccountID: account, Operation: "backtesting", Credits: "1000", Reference: "too-much"})
		var problem *credits.Problem
		if !errors.As(err, &problem) {
			return fmt.Errorf("no problem: %v", err)
		}
		return check(problem.Status == 402 && problem.Code == credits.CodeInsufficientCredits && problem.Required == "1000" && problem.Shortfall != "", "the problem is %+v", problem)
	})
	step("webhook", func() error {
		header := http.Header{}
		for _, name := range []string{"webhook-id", "webhook-timestamp", "webhook-signature"} {
			header.Set(name, env(strings.ToUpper(strings.ReplaceAll(name, "-", "_"))))
		}
		body, secret := []byte(env("WEBHOOK_BODY")), env("WEBHOOK_SECRET")
		event, err := credits.VerifyWebhook(body, header, secret)
		if err != nil {
			return err
		}
		if event.Type != "balance.low" || event.Data.Credits != "97.5" {
			return fmt.Errorf("the event is %+v", event)
		}
		_, err = credits.VerifyWebhook([]byte(strings.Replace(string(body), "97.5", "98.5", 1)), header, secret)
		return check(err != nil, "a tampered body was accepted")
	})
	if failed {
		os.Exit(1)
	}
}
