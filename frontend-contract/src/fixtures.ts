/** Written by `npm run generate` from fixtures/ and the OpenAPI document. Change nothing here. */
import type { AnswerOf } from "./answers";
import type { operations, Problem } from "./schema";

export const fixtures = {
  "create_checkout_session": {
    "bonus_credits": "0",
    "credits": "100000",
    "expires_at": "2026-11-16T21:28:00Z",
    "id": "cs_test_89",
    "price": {
      "amount": 72600,
      "currency": "usd"
    },
    "purchase_id": "00000000-0000-7000-8000-000000000090",
    "status": "open",
    "url": "https://checkout.example.com/c/pay/cs_test_89"
  } satisfies AnswerOf<operations["create_checkout_session"]>,
  "create_payment_method_session": {
    "expires_at": "2026-11-17T18:29:00Z",
    "id": "cs_test_93",
    "payment_method": null,
    "status": "open",
    "url": "https://checkout.example.com/c/pay/cs_test_93"
  } satisfies AnswerOf<operations["create_payment_method_session"]>,
  "create_quote": {
    "account_id": "user-1",
    "affordable": true,
    "components": [
      {
        "amount": 120000,
        "credits": "72",
        "per": 1000,
        "quantity": "input_tokens",
        "share": 0.75,
        "unit_price": "0.6"
      },
      {
        "amount": 8000,
        "credits": "24",
        "per": 1000,
        "quantity": "output_tokens",
        "share": 0.25,
        "unit_price": "3"
      }
    ],
    "credits": "96",
    "expires_at": "2026-11-16T15:27:00Z",
    "id": "00000000-0000-7000-8000-000000000067",
    "operation": "model_inference",
    "quantities": {
      "input_tokens": 120000,
      "output_tokens": 8000
    },
    "rate_version": 1,
    "shortfall": "0",
    "suggested_package_id": null,
    "variant": "large"
  } satisfies AnswerOf<operations["create_quote"]>,
  "create_quote.not_affordable": {
    "account_id": "new-user",
    "affordable": false,
    "components": [
      {
        "amount": 40,
        "credits": "16",
        "per": 1,
        "quantity": "assets",
        "share": 0.137931,
        "unit_price": "0.4"
      },
      {
        "amount": 400,
        "credits": "100",
        "per": 1,
        "quantity": "bar_years",
        "share": 0.862068,
        "unit_price": "0.25"
      }
    ],
    "credits": "116",
    "expires_at": "2026-09-07T08:15:00Z",
    "id": "00000000-0000-7000-8000-000000000001",
    "operation": "backtesting",
    "quantities": {
      "assets": 40,
      "bar_years": 400
    },
    "rate_version": 1,
    "shortfall": "116",
    "suggested_package_id": "starter"
  } satisfies AnswerOf<operations["create_quote"]>,
  "get_auto_recharge.active": {
    "attempt": null,
    "attempts": 1,
    "authentication": null,
    "cap_notice": null,
    "cycle": {
      "end": "2026-12-01T00:00:00Z",
      "start": "2026-11-01T00:00:00Z"
    },
    "failures": 0,
    "last_failure": null,
    "next_attempt_at": null,
    "payment_method": {
      "brand": "visa",
      "exp_month": 3,
      "exp_year": 2030,
      "id": "pm_94",
      "last4": "4242"
    },
    "settings": {
      "credits": "500",
      "enabled": true,
      "monthly_cap": {
        "amount": 10000,
        "currency": "usd"
      },
      "threshold": "100"
    },
    "spent": {
      "amount": 500,
      "currency": "usd"
    },
    "status": "active",
    "suspended_because": null
  } satisfies AnswerOf<operations["get_auto_recharge"]>,
  "get_auto_recharge.cap_reached": {
    "attempt": null,
    "attempts": 1,
    "authentication": null,
    "cap_notice": 100,
    "cycle": {
      "end": "2026-12-01T00:00:00Z",
      "start": "2026-11-01T00:00:00Z"
    },
    "failures": 0,
    "last_failure": null,
    "next_attempt_at": null,
    "payment_method": {
      "brand": "visa",
      "exp_month": 3,
      "exp_year": 2030,
      "id": "pm_106",
      "last4": "4242"
    },
    "settings": {
      "credits": "500",
      "enabled": true,
      "monthly_cap": {
        "amount": 500,
        "currency": "usd"
      },
      "threshold": "1000"
    },
    "spent": {
      "amount": 500,
      "currency": "usd"
    },
    "status": "cap_reached",
    "suspended_because": null
  } satisfies AnswerOf<operations["get_auto_recharge"]>,
  "get_auto_recharge.needs_authentication": {
    "attempt": {
      "made_at": "2026-11-16T18:32:00Z",
      "purchase_id": "00000000-0000-7000-8000-000000000095"
    },
    "attempts": 1,
    "authentication": {
      "expires_at": "2026-11-17T17:32:00Z",
      "url": "https://checkout.example.com/c/pay/cs_test_96"
    },
    "cap_notice": null,
    "cycle": {
      "end": "2026-12-01T00:00:00Z",
      "start": "2026-11-01T00:00:00Z"
    },
    "failures": 1,
    "last_failure": {
      "at": "2026-11-16T18:32:00Z",
      "code": "authentication_required"
    },
    "next_attempt_at": null,
    "payment_method": {
      "brand": "visa",
      "exp_month": 3,
      "exp_year": 2030,
      "id": "pm_97",
      "last4": "4242"
    },
    "settings": {
      "credits": "500",
      "enabled": true,
      "monthly_cap": {
        "amount": 10000,
        "currency": "usd"
      },
      "threshold": "100"
    },
    "spent": {
      "amount": 0,
      "currency": "usd"
    },
    "status": "needs_authentication",
    "suspended_because": null
  } satisfies AnswerOf<operations["get_auto_recharge"]>,
  "get_auto_recharge.no_payment_method": {
    "attempt": null,
    "attempts": 0,
    "authentication": null,
    "cap_notice": null,
    "cycle": {
      "end": "2026-12-01T00:00:00Z",
      "start": "2026-11-01T00:00:00Z"
    },
    "failures": 0,
    "last_failure": null,
    "next_attempt_at": null,
    "payment_method": null,
    "settings": {
      "credits": "500",
      "enabled": true,
      "monthly_cap": {
        "amount": 10000,
        "currency": "usd"
      },
      "threshold": "100"
    },
    "spent": {
      "amount": 0,
      "currency": "usd"
    },
    "status": "no_payment_method",
    "suspended_because": null
  } satisfies AnswerOf<operations["get_auto_recharge"]>,
  "get_auto_recharge.off": {
    "attempt": null,
    "attempts": 0,
    "authentication": null,
    "cap_notice": null,
    "cycle": {
      "end": "2026-10-01T00:00:00Z",
      "start": "2026-09-01T00:00:00Z"
    },
    "failures": 0,
    "last_failure": null,
    "next_attempt_at": null,
    "payment_method": null,
    "settings": null,
    "spent": null,
    "status": "off",
    "suspended_because": null
  } satisfies AnswerOf<operations["get_auto_recharge"]>,
  "get_auto_recharge.pausing": {
    "attempt": null,
    "attempts": 1,
    "authentication": null,
    "cap_notice": null,
    "cycle": {
      "end": "2026-12-01T00:00:00Z",
      "start": "2026-11-01T00:00:00Z"
    },
    "failures": 1,
    "last_failure": {
      "at": "2026-11-16T18:33:00Z",
      "code": "insufficient_funds"
    },
    "next_attempt_at": "2026-11-16T19:33:00Z",
    "payment_method": {
      "brand": "visa",
      "exp_month": 3,
      "exp_year": 2030,
      "id": "pm_98",
      "last4": "4242"
    },
    "settings": {
      "credits": "500",
      "enabled": true,
      "monthly_cap": {
        "amount": 10000,
        "currency": "usd"
      },
      "threshold": "100"
    },
    "spent": {
      "amount": 0,
      "currency": "usd"
    },
    "status": "pausing",
    "suspended_because": null
  } satisfies AnswerOf<operations["get_auto_recharge"]>,
  "get_auto_recharge.suspended": {
    "attempt": null,
    "attempts": 3,
    "authentication": null,
    "cap_notice": null,
    "cycle": {
      "end": "2026-12-01T00:00:00Z",
      "start": "2026-11-01T00:00:00Z"
    },
    "failures": 3,
    "last_failure": {
      "at": "2026-11-17T19:33:00Z",
      "code": "insufficient_funds"
    },
    "next_attempt_at": null,
    "payment_method": {
      "brand": "visa",
      "exp_month": 3,
      "exp_year": 2030,
      "id": "pm_98",
      "last4": "4242"
    },
    "settings": {
      "credits": "500",
      "enabled": true,
      "monthly_cap": {
        "amount": 10000,
        "currency": "usd"
      },
      "threshold": "100"
    },
    "spent": {
      "amount": 0,
      "currency": "usd"
    },
    "status": "suspended",
    "suspended_because": "too_many_failures"
  } satisfies AnswerOf<operations["get_auto_recharge"]>,
  "get_balance": {
    "account_id": "user-1",
    "as_of": "2026-11-16T15:12:00Z",
    "available": "3613.25",
    "cycle": {
      "by_operation": [
        {
          "count": 15,
          "credits": "162.9",
          "operation": "model_inference",
          "share": 0.465561
        },
        {
          "count": 6,
          "credits": "109",
          "operation": "backtesting",
          "share": 0.311517
        },
        {
          "count": 2,
          "credits": "50",
          "operation": "market_analysis",
          "share": 0.142897
        },
        {
          "count": 2,
          "credits": "28",
          "operation": "strategy_generation",
          "share": 0.080022
        }
      ],
      "consumed": "349.9",
      "end": "2026-12-01T00:00:00Z",
      "start": "2026-11-01T00:00:00Z"
    },
    "debt": "0",
    "expiring": {
      "within_30_days": "200",
      "within_7_days": "0",
      "within_90_days": "200"
    },
    "frozen": "0",
    "held": "75",
    "next_expiry": {
      "credits": "200",
      "expires_at": "2026-12-05T00:00:00Z"
    },
    "pending": "0",
    "runway_days": 166.8
  } satisfies AnswerOf<operations["get_balance"]>,
  "get_balance.disputed": {
    "account_id": "user-2",
    "as_of": "2026-11-16T18:29:00Z",
    "available": "5000",
    "cycle": {
      "by_operation": [],
      "consumed": "0",
      "end": "2026-12-01T00:00:00Z",
      "start": "2026-11-01T00:00:00Z"
    },
    "debt": "0",
    "expiring": {
      "within_30_days": "0",
      "within_7_days": "0",
      "within_90_days": "0"
    },
    "frozen": "1000",
    "held": "0",
    "next_expiry": {
      "credits": "5000",
      "expires_at": "2027-11-16T15:14:00Z"
    },
    "pending": "20000",
    "runway_days": null
  } satisfies AnswerOf<operations["get_balance"]>,
  "get_balance.low": {
    "account_id": "user-5",
    "as_of": "2026-11-16T15:12:00Z",
    "available": "55",
    "cycle": {
      "by_operation": [
        {
          "count": 15,
          "credits": "300",
          "operation": "market_analysis",
          "share": 1.0
        }
      ],
      "consumed": "300",
      "end": "2026-12-01T00:00:00Z",
      "start": "2026-11-01T00:00:00Z"
    },
    "debt": "0",
    "expiring": {
      "within_30_days": "15",
      "within_7_days": "15",
      "within_90_days": "15"
    },
    "frozen": "0",
    "held": "0",
    "next_expiry": {
      "credits": "15",
      "expires_at": "2026-11-21T15:12:00Z"
    },
    "pending": "0",
    "runway_days": 2.7
  } satisfies AnswerOf<operations["get_balance"]>,
  "get_balance.new": {
    "account_id": "new-user",
    "as_of": "2026-09-07T08:00:00Z",
    "available": "0",
    "cycle": {
      "by_operation": [],
      "consumed": "0",
      "end": "2026-10-01T00:00:00Z",
      "start": "2026-09-01T00:00:00Z"
    },
    "debt": "0",
    "expiring": {
      "within_30_days": "0",
      "within_7_days": "0",
      "within_90_days": "0"
    },
    "frozen": "0",
    "held": "0",
    "next_expiry": null,
    "pending": "0",
    "runway_days": null
  } satisfies AnswerOf<operations["get_balance"]>,
  "get_checkout_session.awaiting_funds": {
    "bonus_credits": "0",
    "credits": "20000",
    "expires_at": "2026-11-16T21:26:00Z",
    "id": "cs_test_87",
    "price": {
      "amount": 16600,
      "currency": "usd"
    },
    "purchase_id": "00000000-0000-7000-8000-000000000088",
    "status": "awaiting_funds",
    "url": null
  } satisfies AnswerOf<operations["get_checkout_session"]>,
  "get_checkout_session.disputed": {
    "bonus_credits": "0",
    "credits": "1000",
    "expires_at": "2026-11-16T18:19:00Z",
    "id": "cs_test_81",
    "price": {
      "amount": 1000,
      "currency": "usd"
    },
    "purchase_id": "00000000-0000-7000-8000-000000000082",
    "status": "disputed",
    "url": null
  } satisfies AnswerOf<operations["get_checkout_session"]>,
  "get_checkout_session.expired": {
    "bonus_credits": "0",
    "credits": "1000",
    "expires_at": "2026-11-16T18:21:00Z",
    "id": "cs_test_83",
    "price": {
      "amount": 1000,
      "currency": "usd"
    },
    "purchase_id": "00000000-0000-7000-8000-000000000084",
    "status": "expired",
    "url": null
  } satisfies AnswerOf<operations["get_checkout_session"]>,
  "get_checkout_session.failed": {
    "bonus_credits": "0",
    "credits": "1000",
    "expires_at": "2026-11-16T18:15:00Z",
    "id": "cs_test_77",
    "price": {
      "amount": 1000,
      "currency": "usd"
    },
    "purchase_id": "00000000-0000-7000-8000-000000000078",
    "status": "failed",
    "url": null
  } satisfies AnswerOf<operations["get_checkout_session"]>,
  "get_checkout_session.open": {
    "bonus_credits": "0",
    "credits": "100000",
    "expires_at": "2026-11-16T21:28:00Z",
    "id": "cs_test_89",
    "price": {
      "amount": 72600,
      "currency": "usd"
    },
    "purchase_id": "00000000-0000-7000-8000-000000000090",
    "status": "open",
    "url": "https://checkout.example.com/c/pay/cs_test_89"
  } satisfies AnswerOf<operations["get_checkout_session"]>,
  "get_checkout_session.paid": {
    "bonus_credits": "0",
    "credits": "5000",
    "expires_at": "2026-11-16T18:13:00Z",
    "id": "cs_test_73",
    "price": {
      "amount": 4600,
      "currency": "usd"
    },
    "purchase_id": "00000000-0000-7000-8000-000000000074",
    "status": "paid",
    "url": null
  } satisfies AnswerOf<operations["get_checkout_session"]>,
  "get_checkout_session.refunded": {
    "bonus_credits": "0",
    "credits": "1000",
    "expires_at": "2026-11-16T18:17:00Z",
    "id": "cs_test_79",
    "price": {
      "amount": 1000,
      "currency": "usd"
    },
    "purchase_id": "00000000-0000-7000-8000-000000000080",
    "status": "refunded",
    "url": null
  } satisfies AnswerOf<operations["get_checkout_session"]>,
  "get_checkout_session.review": {
    "bonus_credits": "0",
    "credits": "1000",
    "expires_at": "2026-11-16T21:24:00Z",
    "id": "cs_test_85",
    "price": {
      "amount": 1000,
      "currency": "usd"
    },
    "purchase_id": "00000000-0000-7000-8000-000000000086",
    "status": "review",
    "url": null
  } satisfies AnswerOf<operations["get_checkout_session"]>,
  "get_custom_price": {
    "credits": "2500",
    "price": {
      "amount": 2350,
      "currency": "usd"
    },
    "price_per_credit": "0.94",
    "saving_percent": 6
  } satisfies AnswerOf<operations["get_custom_price"]>,
  "get_custom_price.eur": {
    "credits": "2500",
    "price": {
      "amount": 2233,
      "currency": "eur"
    },
    "price_per_credit": "0.8932",
    "saving_percent": 5
  } satisfies AnswerOf<operations["get_custom_price"]>,
  "get_notification_preferences": {
    "kinds": [
      {
        "by_email": true,
        "in_feed": true,
        "kind": "purchase.paid"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "credits.given"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "credits.taken"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "credits.expiring"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "credits.expired"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "balance.low"
      },
      {
        "by_email": false,
        "in_feed": true,
        "kind": "balance.recovered"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "limit.reached"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "debt.incurred"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "payment.reversed"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "payment.restored"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "payment.disputed"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "dispute.ended"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "recharge.failed"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "recharge.suspended"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "recharge.needs_authentication"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "recharge.cap"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "webhook_endpoint.disabled"
      }
    ],
    "low_balance": [
      "50",
      "500"
    ]
  } satisfies AnswerOf<operations["get_notification_preferences"]>,
  "get_notification_preferences.untouched": {
    "kinds": [
      {
        "by_email": true,
        "in_feed": true,
        "kind": "purchase.paid"
      },
      {
        "by_email": false,
        "in_feed": true,
        "kind": "credits.given"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "credits.taken"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "credits.expiring"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "credits.expired"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "balance.low"
      },
      {
        "by_email": false,
        "in_feed": true,
        "kind": "balance.recovered"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "limit.reached"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "debt.incurred"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "payment.reversed"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "payment.restored"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "payment.disputed"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "dispute.ended"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "recharge.failed"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "recharge.suspended"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "recharge.needs_authentication"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "recharge.cap"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "webhook_endpoint.disabled"
      }
    ],
    "low_balance": [
      "100"
    ]
  } satisfies AnswerOf<operations["get_notification_preferences"]>,
  "get_payment_method_session.complete": {
    "expires_at": "2026-11-17T18:29:00Z",
    "id": "cs_test_93",
    "payment_method": {
      "brand": "visa",
      "exp_month": 3,
      "exp_year": 2030,
      "id": "pm_94",
      "last4": "4242"
    },
    "status": "complete",
    "url": null
  } satisfies AnswerOf<operations["get_payment_method_session"]>,
  "get_payment_method_session.open": {
    "expires_at": "2026-11-17T18:29:00Z",
    "id": "cs_test_93",
    "payment_method": null,
    "status": "open",
    "url": "https://checkout.example.com/c/pay/cs_test_93"
  } satisfies AnswerOf<operations["get_payment_method_session"]>,
  "get_purchase": {
    "bonus_credits": "0",
    "checkout_session_id": "cs_test_73",
    "created_at": "2026-11-16T15:13:00Z",
    "credits": "5000",
    "id": "00000000-0000-7000-8000-000000000074",
    "package_id": "plus",
    "paid_at": "2026-11-16T15:14:00Z",
    "price": {
      "amount": 4600,
      "currency": "usd"
    },
    "receipt_url": "https://checkout.example.com/c/receipt/ch_75",
    "status": "paid",
    "title": "Plus: 5000 credits"
  } satisfies AnswerOf<operations["get_purchase"]>,
  "get_purchase_advice": {
    "as_of": "2026-11-16T15:12:00Z",
    "ends_at": "2027-11-16T15:12:00Z",
    "forecast": {
      "ending_unused": "200",
      "expected_use": {
        "high": "8314.919782",
        "likely": "8091.267857",
        "low": "1496.185859"
      },
      "needed": {
        "high": "4826.669782",
        "likely": "4603.017857",
        "low": "0"
      },
      "used_of_holdings": "3488.25"
    },
    "package_id": null,
    "reason": "no_package_is_small_enough"
  } satisfies AnswerOf<operations["get_purchase_advice"]>,
  "get_purchase_advice.no_history": {
    "as_of": "2026-09-07T08:00:00Z",
    "ends_at": "2027-09-07T08:00:00Z",
    "forecast": null,
    "package_id": null,
    "reason": "history_is_too_short"
  } satisfies AnswerOf<operations["get_purchase_advice"]>,
  "get_purchase_advice.package": {
    "as_of": "2026-11-16T15:12:00Z",
    "ends_at": "2027-11-16T15:12:00Z",
    "forecast": {
      "ending_unused": "0",
      "expected_use": {
        "high": "7300",
        "likely": "7300",
        "low": "1400"
      },
      "needed": {
        "high": "7245",
        "likely": "7245",
        "low": "1345"
      },
      "used_of_holdings": "55"
    },
    "package_id": "starter",
    "reason": null
  } satisfies AnswerOf<operations["get_purchase_advice"]>,
  "get_usage_entry": {
    "components": [
      {
        "amount": 12,
        "credits": "4.8",
        "per": 1,
        "quantity": "assets",
        "share": 0.242424,
        "unit_price": "0.4"
      },
      {
        "amount": 60,
        "credits": "15",
        "per": 1,
        "quantity": "bar_years",
        "share": 0.757575,
        "unit_price": "0.25"
      }
    ],
    "entry": {
      "amount": "-19.8",
      "available_after": "3673.25",
      "balance_after": "3673.25",
      "created_at": "2026-11-15T09:49:00Z",
      "description": "Momentum, daily bars",
      "held_change": "0",
      "id": "00000000-0000-7000-8000-000000000010",
      "kind": "debit",
      "lots": [
        {
          "credits": "-19.8",
          "lot_id": "00000000-0000-7000-8000-000000000003"
        }
      ],
      "operation": "backtesting",
      "quantities": {
        "assets": 12,
        "bar_years": 60
      },
      "rate_version": 1,
      "reference": "backtest-69",
      "sequence": 114
    },
    "lots": [
      {
        "expires_at": "2027-09-07T08:00:00Z",
        "frozen": "0",
        "granted": "5000",
        "granted_at": "2026-09-07T08:00:00Z",
        "held": "75",
        "id": "00000000-0000-7000-8000-000000000003",
        "priority": 0,
        "purchase_id": "00000000-0000-7000-8000-000000000004",
        "remaining": "3438.25",
        "source": "purchase"
      }
    ],
    "refunded": null
  } satisfies AnswerOf<operations["get_usage_entry"]>,
  "get_usage_entry.hold": {
    "entry": {
      "amount": "0",
      "available_after": "3613.25",
      "balance_after": "3688.25",
      "created_at": "2026-11-16T15:12:00Z",
      "held_change": "75",
      "hold_id": "00000000-0000-7000-8000-000000000018",
      "id": "00000000-0000-7000-8000-000000000019",
      "kind": "hold",
      "lots": [
        {
          "credits": "0",
          "held_change": "75",
          "lot_id": "00000000-0000-7000-8000-000000000003"
        }
      ],
      "reference": "run-1",
      "sequence": 119
    },
    "lots": [
      {
        "expires_at": "2027-09-07T08:00:00Z",
        "frozen": "0",
        "granted": "5000",
        "granted_at": "2026-09-07T08:00:00Z",
        "held": "75",
        "id": "00000000-0000-7000-8000-000000000003",
        "priority": 0,
        "purchase_id": "00000000-0000-7000-8000-000000000004",
        "remaining": "3438.25",
        "source": "purchase"
      }
    ],
    "refunded": null
  } satisfies AnswerOf<operations["get_usage_entry"]>,
  "get_usage_entry.refund": {
    "entry": {
      "amount": "20",
      "available_after": "3688.25",
      "balance_after": "3688.25",
      "created_at": "2026-11-16T15:02:00Z",
      "description": "The job failed half way.",
      "held_change": "0",
      "id": "00000000-0000-7000-8000-000000000020",
      "kind": "refund",
      "lots": [
        {
          "credits": "20",
          "lot_id": "00000000-0000-7000-8000-000000000003"
        }
      ],
      "operation": "backtesting",
      "reference": "backtest-broken",
      "refunds_sequence": 117,
      "sequence": 118
    },
    "lots": [
      {
        "expires_at": "2027-09-07T08:00:00Z",
        "frozen": "0",
        "granted": "5000",
        "granted_at": "2026-09-07T08:00:00Z",
        "held": "75",
        "id": "00000000-0000-7000-8000-000000000003",
        "priority": 0,
        "purchase_id": "00000000-0000-7000-8000-000000000004",
        "remaining": "3438.25",
        "source": "purchase"
      }
    ],
    "refunded": null
  } satisfies AnswerOf<operations["get_usage_entry"]>,
  "get_usage_entry.refunded": {
    "entry": {
      "amount": "-30",
      "available_after": "3668.25",
      "balance_after": "3668.25",
      "created_at": "2026-11-16T14:52:00Z",
      "held_change": "0",
      "id": "00000000-0000-7000-8000-000000000021",
      "kind": "debit",
      "lots": [
        {
          "credits": "-30",
          "lot_id": "00000000-0000-7000-8000-000000000003"
        }
      ],
      "operation": "backtesting",
      "reference": "backtest-broken",
      "sequence": 117
    },
    "lots": [
      {
        "expires_at": "2027-09-07T08:00:00Z",
        "frozen": "0",
        "granted": "5000",
        "granted_at": "2026-09-07T08:00:00Z",
        "held": "75",
        "id": "00000000-0000-7000-8000-000000000003",
        "priority": 0,
        "purchase_id": "00000000-0000-7000-8000-000000000004",
        "remaining": "3438.25",
        "source": "purchase"
      }
    ],
    "refunded": {
      "at": "2026-11-16T15:02:00Z",
      "credits": "20",
      "entry_id": "00000000-0000-7000-8000-000000000020"
    }
  } satisfies AnswerOf<operations["get_usage_entry"]>,
  "get_usage_summary": {
    "consumed": "369.9",
    "count": 25,
    "credits": "349.9",
    "data": [
      {
        "consumed": "129",
        "count": 6,
        "credits": "109",
        "operation": "backtesting",
        "refunded": "20"
      },
      {
        "consumed": "50",
        "count": 2,
        "credits": "50",
        "operation": "market_analysis",
        "refunded": "0"
      },
      {
        "consumed": "162.9",
        "count": 15,
        "credits": "162.9",
        "operation": "model_inference",
        "refunded": "0"
      },
      {
        "consumed": "28",
        "count": 2,
        "credits": "28",
        "operation": "strategy_generation",
        "refunded": "0"
      }
    ],
    "from": "2026-11-01",
    "refunded": "20",
    "time_zone": "UTC",
    "to": "2026-12-01"
  } satisfies AnswerOf<operations["get_usage_summary"]>,
  "get_usage_summary.by_day": {
    "consumed": "369.9",
    "count": 25,
    "credits": "349.9",
    "data": [
      {
        "consumed": "13.65",
        "count": 1,
        "credits": "13.65",
        "date": "2026-11-01",
        "refunded": "0"
      },
      {
        "consumed": "6.45",
        "count": 1,
        "credits": "6.45",
        "date": "2026-11-02",
        "refunded": "0"
      },
      {
        "consumed": "29.4",
        "count": 2,
        "credits": "29.4",
        "date": "2026-11-03",
        "refunded": "0"
      },
      {
        "consumed": "12.75",
        "count": 1,
        "credits": "12.75",
        "date": "2026-11-04",
        "refunded": "0"
      },
      {
        "consumed": "40.9",
        "count": 2,
        "credits": "40.9",
        "date": "2026-11-05",
        "refunded": "0"
      },
      {
        "consumed": "42.5",
        "count": 3,
        "credits": "42.5",
        "date": "2026-11-06",
        "refunded": "0"
      },
      {
        "consumed": "11.85",
        "count": 1,
        "credits": "11.85",
        "date": "2026-11-07",
        "refunded": "0"
      },
      {
        "consumed": "15",
        "count": 1,
        "credits": "15",
        "date": "2026-11-08",
        "refunded": "0"
      },
      {
        "consumed": "27.6",
        "count": 2,
        "credits": "27.6",
        "date": "2026-11-09",
        "refunded": "0"
      },
      {
        "consumed": "10.95",
        "count": 1,
        "credits": "10.95",
        "date": "2026-11-10",
        "refunded": "0"
      },
      {
        "consumed": "14.1",
        "count": 1,
        "credits": "14.1",
        "date": "2026-11-11",
        "refunded": "0"
      },
      {
        "consumed": "26.7",
        "count": 2,
        "credits": "26.7",
        "date": "2026-11-12",
        "refunded": "0"
      },
      {
        "consumed": "24.05",
        "count": 2,
        "credits": "24.05",
        "date": "2026-11-13",
        "refunded": "0"
      },
      {
        "consumed": "13.2",
        "count": 1,
        "credits": "13.2",
        "date": "2026-11-14",
        "refunded": "0"
      },
      {
        "consumed": "50.8",
        "count": 3,
        "credits": "50.8",
        "date": "2026-11-15",
        "refunded": "0"
      },
      {
        "consumed": "30",
        "count": 1,
        "credits": "10",
        "date": "2026-11-16",
        "refunded": "20"
      }
    ],
    "from": "2026-11-01",
    "refunded": "20",
    "time_zone": "UTC",
    "to": "2026-12-01"
  } satisfies AnswerOf<operations["get_usage_summary"]>,
  "get_usage_summary.by_week": {
    "consumed": "1581.75",
    "count": 112,
    "credits": "1561.75",
    "data": [
      {
        "consumed": "150.5",
        "count": 11,
        "credits": "150.5",
        "date": "2026-09-07",
        "refunded": "0"
      },
      {
        "consumed": "154.8",
        "count": 11,
        "credits": "154.8",
        "date": "2026-09-14",
        "refunded": "0"
      },
      {
        "consumed": "153.9",
        "count": 11,
        "credits": "153.9",
        "date": "2026-09-21",
        "refunded": "0"
      },
      {
        "consumed": "147.8",
        "count": 11,
        "credits": "147.8",
        "date": "2026-09-28",
        "refunded": "0"
      },
      {
        "consumed": "152.1",
        "count": 11,
        "credits": "152.1",
        "date": "2026-10-05",
        "refunded": "0"
      },
      {
        "consumed": "161.55",
        "count": 11,
        "credits": "161.55",
        "date": "2026-10-12",
        "refunded": "0"
      },
      {
        "consumed": "145.1",
        "count": 11,
        "credits": "145.1",
        "date": "2026-10-19",
        "refunded": "0"
      },
      {
        "consumed": "159.75",
        "count": 11,
        "credits": "159.75",
        "date": "2026-10-26",
        "refunded": "0"
      },
      {
        "consumed": "158.85",
        "count": 11,
        "credits": "158.85",
        "date": "2026-11-02",
        "refunded": "0"
      },
      {
        "consumed": "167.4",
        "count": 12,
        "credits": "167.4",
        "date": "2026-11-09",
        "refunded": "0"
      },
      {
        "consumed": "30",
        "count": 1,
        "credits": "10",
        "date": "2026-11-16",
        "refunded": "20"
      }
    ],
    "from": "2026-09-07",
    "refunded": "20",
    "time_zone": "UTC",
    "to": "2026-11-17"
  } satisfies AnswerOf<operations["get_usage_summary"]>,
  "get_usage_summary.empty": {
    "consumed": "0",
    "count": 0,
    "credits": "0",
    "data": [],
    "from": "2026-09-01",
    "refunded": "0",
    "time_zone": "UTC",
    "to": "2026-10-01"
  } satisfies AnswerOf<operations["get_usage_summary"]>,
  "list_lots": {
    "data": [
      {
        "expires_at": "2026-12-05T00:00:00Z",
        "frozen": "0",
        "granted": "200",
        "granted_at": "2026-11-07T09:37:00Z",
        "held": "0",
        "id": "00000000-0000-7000-8000-000000000002",
        "priority": 10,
        "remaining": "200",
        "source": "promotion"
      },
      {
        "expires_at": "2027-09-07T08:00:00Z",
        "frozen": "0",
        "granted": "5000",
        "granted_at": "2026-09-07T08:00:00Z",
        "held": "75",
        "id": "00000000-0000-7000-8000-000000000003",
        "priority": 0,
        "purchase_id": "00000000-0000-7000-8000-000000000004",
        "remaining": "3438.25",
        "source": "purchase"
      },
      {
        "expires_at": "2027-11-16T14:51:00Z",
        "frozen": "0",
        "granted": "50",
        "granted_at": "2026-11-16T14:51:00Z",
        "held": "0",
        "id": "00000000-0000-7000-8000-000000000005",
        "priority": 0,
        "remaining": "50",
        "source": "adjustment"
      }
    ],
    "next_cursor": null
  } satisfies AnswerOf<operations["list_lots"]>,
  "list_lots.empty": {
    "data": [],
    "next_cursor": null
  } satisfies AnswerOf<operations["list_lots"]>,
  "list_lots.low": {
    "data": [
      {
        "expires_at": "2026-11-21T15:12:00Z",
        "frozen": "0",
        "granted": "15",
        "granted_at": "2026-11-16T15:12:00Z",
        "held": "0",
        "id": "00000000-0000-7000-8000-000000000068",
        "priority": 0,
        "remaining": "15",
        "source": "promotion"
      },
      {
        "expires_at": "2027-09-07T08:00:00Z",
        "frozen": "0",
        "granted": "1440",
        "granted_at": "2026-09-07T08:00:00Z",
        "held": "0",
        "id": "00000000-0000-7000-8000-000000000069",
        "priority": 0,
        "remaining": "40",
        "source": "adjustment"
      }
    ],
    "next_cursor": null
  } satisfies AnswerOf<operations["list_lots"]>,
  "list_notifications": {
    "data": [
      {
        "created_at": "2026-11-16T14:51:00Z",
        "credits": "50",
        "entry_sequence": 116,
        "id": "00000000-0000-7000-8000-000000000011",
        "kind": "credits.given",
        "number": 7,
        "read_at": null
      },
      {
        "created_at": "2026-11-07T09:37:00Z",
        "credits": "200",
        "entry_sequence": 101,
        "id": "00000000-0000-7000-8000-000000000012",
        "kind": "credits.given",
        "number": 6,
        "read_at": null
      },
      {
        "created_at": "2026-10-22T09:10:00Z",
        "credits": "120",
        "entry_sequence": 73,
        "id": "00000000-0000-7000-8000-000000000013",
        "kind": "credits.expired",
        "lot_id": "00000000-0000-7000-8000-000000000008",
        "number": 5,
        "read_at": null
      },
      {
        "created_at": "2026-10-16T09:00:00Z",
        "credits": "120",
        "days": 7,
        "expires_at": "2026-10-22T00:00:00Z",
        "id": "00000000-0000-7000-8000-000000000014",
        "kind": "credits.expiring",
        "number": 4,
        "read_at": null
      },
      {
        "created_at": "2026-09-23T08:25:00Z",
        "credits": "120",
        "days": 30,
        "expires_at": "2026-10-22T00:00:00Z",
        "id": "00000000-0000-7000-8000-000000000015",
        "kind": "credits.expiring",
        "number": 3,
        "read_at": null
      },
      {
        "created_at": "2026-09-07T08:00:00Z",
        "credits": "120",
        "entry_sequence": 2,
        "id": "00000000-0000-7000-8000-000000000016",
        "kind": "credits.given",
        "number": 2,
        "read_at": null
      },
      {
        "created_at": "2026-09-07T08:00:00Z",
        "credits": "5000",
        "entry_sequence": 1,
        "id": "00000000-0000-7000-8000-000000000017",
        "kind": "purchase.paid",
        "number": 1,
        "purchase_id": "00000000-0000-7000-8000-000000000004",
        "read_at": null
      }
    ],
    "next_cursor": null,
    "unread": 7
  } satisfies AnswerOf<operations["list_notifications"]>,
  "list_notifications.empty": {
    "data": [],
    "next_cursor": null,
    "unread": 0
  } satisfies AnswerOf<operations["list_notifications"]>,
  "list_notifications.low": {
    "data": [
      {
        "created_at": "2026-11-16T15:12:00Z",
        "credits": "15",
        "entry_sequence": 72,
        "id": "00000000-0000-7000-8000-000000000070",
        "kind": "credits.given",
        "number": 3,
        "read_at": null
      },
      {
        "created_at": "2026-11-13T09:47:00Z",
        "credits": "80",
        "id": "00000000-0000-7000-8000-000000000071",
        "kind": "balance.low",
        "number": 2,
        "read_at": null,
        "threshold": "100"
      },
      {
        "created_at": "2026-09-07T08:00:00Z",
        "credits": "1440",
        "entry_sequence": 1,
        "id": "00000000-0000-7000-8000-000000000072",
        "kind": "credits.given",
        "number": 1,
        "read_at": null
      }
    ],
    "next_cursor": null,
    "unread": 3
  } satisfies AnswerOf<operations["list_notifications"]>,
  "list_notifications.receipt": {
    "data": [
      {
        "created_at": "2026-11-16T15:14:00Z",
        "credits": "5000",
        "entry_sequence": 1,
        "id": "00000000-0000-7000-8000-000000000076",
        "kind": "purchase.paid",
        "number": 1,
        "purchase_id": "00000000-0000-7000-8000-000000000074",
        "read_at": null
      }
    ],
    "next_cursor": null,
    "unread": 1
  } satisfies AnswerOf<operations["list_notifications"]>,
  "list_notifications.recharge": {
    "data": [
      {
        "created_at": "2026-11-17T19:33:00Z",
        "id": "00000000-0000-7000-8000-000000000099",
        "kind": "recharge.suspended",
        "number": 4,
        "read_at": null,
        "suspended_because": "too_many_failures"
      },
      {
        "created_at": "2026-11-17T19:33:00Z",
        "decline_code": "insufficient_funds",
        "id": "00000000-0000-7000-8000-000000000100",
        "kind": "recharge.failed",
        "number": 3,
        "purchase_id": "00000000-0000-7000-8000-000000000101",
        "read_at": null
      },
      {
        "created_at": "2026-11-16T19:33:00Z",
        "decline_code": "insufficient_funds",
        "id": "00000000-0000-7000-8000-000000000102",
        "kind": "recharge.failed",
        "number": 2,
        "purchase_id": "00000000-0000-7000-8000-000000000103",
        "read_at": null
      },
      {
        "created_at": "2026-11-16T18:33:00Z",
        "decline_code": "insufficient_funds",
        "id": "00000000-0000-7000-8000-000000000104",
        "kind": "recharge.failed",
        "number": 1,
        "purchase_id": "00000000-0000-7000-8000-000000000105",
        "read_at": null
      }
    ],
    "next_cursor": null,
    "unread": 4
  } satisfies AnswerOf<operations["list_notifications"]>,
  "list_operations": {
    "data": [
      {
        "description": "A question to a model and its answer, by the tokens of both. Larger models cost more.",
        "name": "AI model inference",
        "operation": "model_inference",
        "rates": [
          {
            "base": "0",
            "components": [
              {
                "per": 1000,
                "price": "0.6",
                "quantity": "input_tokens",
                "unit": "1000 tokens read"
              },
              {
                "per": 1000,
                "price": "3",
                "quantity": "output_tokens",
                "unit": "1000 tokens written"
              }
            ],
            "effective_at": "2026-01-01T00:00:00Z",
            "variant": "large",
            "version": 1
          },
          {
            "base": "0",
            "components": [
              {
                "per": 1000,
                "price": "0.15",
                "quantity": "input_tokens",
                "unit": "1000 tokens read"
              },
              {
                "per": 1000,
                "price": "0.6",
                "quantity": "output_tokens",
                "unit": "1000 tokens written"
              }
            ],
            "effective_at": "2026-01-01T00:00:00Z",
            "variant": "medium",
            "version": 1
          },
          {
            "base": "0",
            "components": [
              {
                "per": 1000,
                "price": "0.0125",
                "quantity": "input_tokens",
                "unit": "1000 tokens read"
              },
              {
                "per": 1000,
                "price": "0.05",
                "quantity": "output_tokens",
                "unit": "1000 tokens written"
              }
            ],
            "effective_at": "2026-01-01T00:00:00Z",
            "variant": "small",
            "version": 1
          }
        ]
      },
      {
        "description": "Drafting a trading strategy from a description, by the attempts it takes.",
        "name": "Strategy generation",
        "operation": "strategy_generation",
        "rates": [
          {
            "base": "2",
            "components": [
              {
                "per": 1,
                "price": "6",
                "quantity": "attempts",
                "unit": "attempt"
              }
            ],
            "effective_at": "2026-01-01T00:00:00Z",
            "version": 1
          }
        ]
      },
      {
        "description": "Running a strategy over past prices, by the assets in it and the years of price bars read for all of them together.",
        "name": "Backtesting",
        "operation": "backtesting",
        "rates": [
          {
            "base": "0",
            "components": [
              {
                "per": 1,
                "price": "0.4",
                "quantity": "assets",
                "unit": "asset"
              },
              {
                "per": 1,
                "price": "0.25",
                "quantity": "bar_years",
                "unit": "year of bars of one asset"
              }
            ],
            "effective_at": "2026-01-01T00:00:00Z",
            "version": 1
          }
        ]
      },
      {
        "description": "An advanced analysis of a market, by the reports written.",
        "name": "Market analysis",
        "operation": "market_analysis",
        "rates": [
          {
            "base": "0",
            "components": [
              {
                "per": 1,
                "price": "25",
                "quantity": "reports",
                "unit": "report"
              }
            ],
            "effective_at": "2026-01-01T00:00:00Z",
            "version": 1
          }
        ]
      }
    ]
  } satisfies AnswerOf<operations["list_operations"]>,
  "list_packages": {
    "currencies": [
      "usd"
    ],
    "currency": "usd",
    "custom": {
      "max_credits": "1000000",
      "min_credits": "100",
      "slabs": [
        {
          "from_credits": "1",
          "price_per_credit": "1"
        },
        {
          "from_credits": "1001",
          "price_per_credit": "0.9"
        },
        {
          "from_credits": "5001",
          "price_per_credit": "0.8"
        },
        {
          "from_credits": "20001",
          "price_per_credit": "0.7"
        }
      ]
    },
    "data": [
      {
        "bonus_credits": "0",
        "credits": "1000",
        "id": "starter",
        "name": "Starter",
        "price": {
          "amount": 1000,
          "currency": "usd"
        },
        "price_per_credit": "1",
        "saving_percent": 0
      },
      {
        "bonus_credits": "0",
        "credits": "5000",
        "id": "plus",
        "name": "Plus",
        "price": {
          "amount": 4600,
          "currency": "usd"
        },
        "price_per_credit": "0.92",
        "saving_percent": 8
      },
      {
        "bonus_credits": "0",
        "credits": "20000",
        "id": "pro",
        "name": "Pro",
        "price": {
          "amount": 16600,
          "currency": "usd"
        },
        "price_per_credit": "0.83",
        "saving_percent": 17
      },
      {
        "bonus_credits": "0",
        "credits": "100000",
        "id": "scale",
        "name": "Scale",
        "price": {
          "amount": 72600,
          "currency": "usd"
        },
        "price_per_credit": "0.726",
        "saving_percent": 27
      }
    ]
  } satisfies AnswerOf<operations["list_packages"]>,
  "list_packages.eur": {
    "currencies": [
      "eur",
      "jpy",
      "kwd",
      "usd"
    ],
    "currency": "eur",
    "custom": {
      "max_credits": "1000000",
      "min_credits": "100",
      "slabs": [
        {
          "from_credits": "1",
          "price_per_credit": "0.95"
        },
        {
          "from_credits": "1001",
          "price_per_credit": "0.855"
        }
      ]
    },
    "data": [
      {
        "bonus_credits": "0",
        "credits": "1000",
        "id": "starter",
        "name": "Starter",
        "price": {
          "amount": 950,
          "currency": "eur"
        },
        "price_per_credit": "0.95",
        "saving_percent": 0
      },
      {
        "bonus_credits": "0",
        "credits": "5000",
        "id": "plus",
        "name": "Plus",
        "price": {
          "amount": 4370,
          "currency": "eur"
        },
        "price_per_credit": "0.874",
        "saving_percent": 8
      },
      {
        "bonus_credits": "0",
        "credits": "20000",
        "id": "pro",
        "name": "Pro",
        "price": {
          "amount": 15800,
          "currency": "eur"
        },
        "price_per_credit": "0.79",
        "saving_percent": 16
      },
      {
        "bonus_credits": "0",
        "credits": "100000",
        "id": "scale",
        "name": "Scale",
        "price": {
          "amount": 69000,
          "currency": "eur"
        },
        "price_per_credit": "0.69",
        "saving_percent": 27
      }
    ]
  } satisfies AnswerOf<operations["list_packages"]>,
  "list_packages.promotion": {
    "currencies": [
      "usd"
    ],
    "currency": "usd",
    "custom": {
      "max_credits": "1000000",
      "min_credits": "100",
      "slabs": [
        {
          "from_credits": "1",
          "price_per_credit": "1"
        },
        {
          "from_credits": "1001",
          "price_per_credit": "0.9"
        },
        {
          "from_credits": "5001",
          "price_per_credit": "0.8"
        },
        {
          "from_credits": "20001",
          "price_per_credit": "0.7"
        }
      ]
    },
    "data": [
      {
        "bonus_credits": "0",
        "credits": "1000",
        "id": "starter",
        "name": "Starter",
        "price": {
          "amount": 1000,
          "currency": "usd"
        },
        "price_per_credit": "1",
        "saving_percent": 0,
        "with_promotion": {
          "bonus_credits": "0",
          "price": {
            "amount": 900,
            "currency": "usd"
          },
          "price_per_credit": "0.9",
          "saving_percent": 10
        }
      },
      {
        "bonus_credits": "0",
        "credits": "5000",
        "id": "plus",
        "name": "Plus",
        "price": {
          "amount": 4600,
          "currency": "usd"
        },
        "price_per_credit": "0.92",
        "saving_percent": 8,
        "with_promotion": {
          "bonus_credits": "0",
          "price": {
            "amount": 4140,
            "currency": "usd"
          },
          "price_per_credit": "0.828",
          "saving_percent": 17
        }
      },
      {
        "bonus_credits": "0",
        "credits": "20000",
        "id": "pro",
        "name": "Pro",
        "price": {
          "amount": 16600,
          "currency": "usd"
        },
        "price_per_credit": "0.83",
        "saving_percent": 17,
        "with_promotion": {
          "bonus_credits": "0",
          "price": {
            "amount": 14940,
            "currency": "usd"
          },
          "price_per_credit": "0.747",
          "saving_percent": 25
        }
      },
      {
        "bonus_credits": "0",
        "credits": "100000",
        "id": "scale",
        "name": "Scale",
        "price": {
          "amount": 72600,
          "currency": "usd"
        },
        "price_per_credit": "0.726",
        "saving_percent": 27,
        "with_promotion": {
          "bonus_credits": "0",
          "price": {
            "amount": 65340,
            "currency": "usd"
          },
          "price_per_credit": "0.6534",
          "saving_percent": 34
        }
      }
    ],
    "promotion": {
      "code": "SPRING10",
      "expires_at": "2027-03-31T00:00:00Z",
      "extra_credits": null,
      "percent_off": 10
    }
  } satisfies AnswerOf<operations["list_packages"]>,
  "list_purchases": {
    "data": [
      {
        "bonus_credits": "0",
        "checkout_session_id": "cs_test_89",
        "created_at": "2026-11-16T18:28:00Z",
        "credits": "100000",
        "id": "00000000-0000-7000-8000-000000000090",
        "package_id": "scale",
        "price": {
          "amount": 72600,
          "currency": "usd"
        },
        "status": "open",
        "title": "Scale: 100000 credits"
      },
      {
        "bonus_credits": "0",
        "checkout_session_id": "cs_test_87",
        "created_at": "2026-11-16T18:26:00Z",
        "credits": "20000",
        "id": "00000000-0000-7000-8000-000000000088",
        "package_id": "pro",
        "price": {
          "amount": 16600,
          "currency": "usd"
        },
        "status": "awaiting_funds",
        "title": "Pro: 20000 credits"
      },
      {
        "bonus_credits": "0",
        "checkout_session_id": "cs_test_85",
        "created_at": "2026-11-16T18:24:00Z",
        "credits": "1000",
        "id": "00000000-0000-7000-8000-000000000086",
        "package_id": "starter",
        "price": {
          "amount": 1000,
          "currency": "usd"
        },
        "review": "amount_mismatch",
        "status": "review",
        "title": "Starter: 1000 credits"
      },
      {
        "bonus_credits": "0",
        "checkout_session_id": "cs_test_83",
        "created_at": "2026-11-16T15:21:00Z",
        "credits": "1000",
        "id": "00000000-0000-7000-8000-000000000084",
        "package_id": "starter",
        "price": {
          "amount": 1000,
          "currency": "usd"
        },
        "status": "expired",
        "title": "Starter: 1000 credits"
      },
      {
        "bonus_credits": "0",
        "checkout_session_id": "cs_test_81",
        "created_at": "2026-11-16T15:19:00Z",
        "credits": "1000",
        "id": "00000000-0000-7000-8000-000000000082",
        "package_id": "starter",
        "paid_at": "2026-11-16T15:20:00Z",
        "price": {
          "amount": 1000,
          "currency": "usd"
        },
        "receipt_url": "https://checkout.example.com/c/receipt/ch_91",
        "status": "disputed",
        "title": "Starter: 1000 credits"
      },
      {
        "bonus_credits": "0",
        "checkout_session_id": "cs_test_79",
        "created_at": "2026-11-16T15:17:00Z",
        "credits": "1000",
        "id": "00000000-0000-7000-8000-000000000080",
        "package_id": "starter",
        "paid_at": "2026-11-16T15:18:00Z",
        "price": {
          "amount": 1000,
          "currency": "usd"
        },
        "receipt_url": "https://checkout.example.com/c/receipt/ch_92",
        "status": "refunded",
        "title": "Starter: 1000 credits"
      },
      {
        "bonus_credits": "0",
        "checkout_session_id": "cs_test_77",
        "created_at": "2026-11-16T15:15:00Z",
        "credits": "1000",
        "id": "00000000-0000-7000-8000-000000000078",
        "package_id": "starter",
        "price": {
          "amount": 1000,
          "currency": "usd"
        },
        "status": "failed",
        "title": "Starter: 1000 credits"
      },
      {
        "bonus_credits": "0",
        "checkout_session_id": "cs_test_73",
        "created_at": "2026-11-16T15:13:00Z",
        "credits": "5000",
        "id": "00000000-0000-7000-8000-000000000074",
        "package_id": "plus",
        "paid_at": "2026-11-16T15:14:00Z",
        "price": {
          "amount": 4600,
          "currency": "usd"
        },
        "receipt_url": "https://checkout.example.com/c/receipt/ch_75",
        "status": "paid",
        "title": "Plus: 5000 credits"
      }
    ],
    "next_cursor": null
  } satisfies AnswerOf<operations["list_purchases"]>,
  "list_purchases.empty": {
    "data": [],
    "next_cursor": null
  } satisfies AnswerOf<operations["list_purchases"]>,
  "list_usage_history": {
    "data": [
      {
        "amount": "0",
        "available_after": "3613.25",
        "balance_after": "3688.25",
        "created_at": "2026-11-16T15:12:00Z",
        "held_change": "75",
        "hold_id": "00000000-0000-7000-8000-000000000018",
        "id": "00000000-0000-7000-8000-000000000019",
        "kind": "hold",
        "lots": [
          {
            "credits": "0",
            "held_change": "75",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "reference": "run-1",
        "sequence": 119
      },
      {
        "amount": "20",
        "available_after": "3688.25",
        "balance_after": "3688.25",
        "created_at": "2026-11-16T15:02:00Z",
        "description": "The job failed half way.",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000020",
        "kind": "refund",
        "lots": [
          {
            "credits": "20",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "backtesting",
        "reference": "backtest-broken",
        "refunds_sequence": 117,
        "sequence": 118
      },
      {
        "amount": "-30",
        "available_after": "3668.25",
        "balance_after": "3668.25",
        "created_at": "2026-11-16T14:52:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000021",
        "kind": "debit",
        "lots": [
          {
            "credits": "-30",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "backtesting",
        "reference": "backtest-broken",
        "sequence": 117
      },
      {
        "amount": "50",
        "available_after": "3698.25",
        "balance_after": "3698.25",
        "created_at": "2026-11-16T14:51:00Z",
        "description": "Goodwill after an outage",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000022",
        "kind": "adjustment",
        "lots": [
          {
            "credits": "50",
            "lot_id": "00000000-0000-7000-8000-000000000005"
          }
        ],
        "sequence": 116
      },
      {
        "amount": "-25",
        "available_after": "3648.25",
        "balance_after": "3648.25",
        "created_at": "2026-11-15T09:50:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000023",
        "kind": "debit",
        "lots": [
          {
            "credits": "-25",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "metadata": {
          "market": "EURUSD"
        },
        "operation": "market_analysis",
        "quantities": {
          "reports": 1
        },
        "rate_version": 1,
        "reference": "report-69",
        "sequence": 115
      },
      {
        "amount": "-19.8",
        "available_after": "3673.25",
        "balance_after": "3673.25",
        "created_at": "2026-11-15T09:49:00Z",
        "description": "Momentum, daily bars",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000010",
        "kind": "debit",
        "lots": [
          {
            "credits": "-19.8",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "backtesting",
        "quantities": {
          "assets": 12,
          "bar_years": 60
        },
        "rate_version": 1,
        "reference": "backtest-69",
        "sequence": 114
      },
      {
        "amount": "-6",
        "available_after": "3693.05",
        "balance_after": "3693.05",
        "created_at": "2026-11-15T09:48:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000024",
        "kind": "debit",
        "lots": [
          {
            "credits": "-6",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 20000,
          "output_tokens": 5000
        },
        "rate_version": 1,
        "reference": "chat-69",
        "sequence": 113,
        "variant": "medium"
      },
      {
        "amount": "-13.2",
        "available_after": "3699.05",
        "balance_after": "3699.05",
        "created_at": "2026-11-14T09:47:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000025",
        "kind": "debit",
        "lots": [
          {
            "credits": "-13.2",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 44000,
          "output_tokens": 11000
        },
        "rate_version": 1,
        "reference": "chat-68",
        "sequence": 112,
        "variant": "medium"
      },
      {
        "amount": "-14",
        "available_after": "3712.25",
        "balance_after": "3712.25",
        "created_at": "2026-11-13T09:46:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000026",
        "kind": "debit",
        "lots": [
          {
            "credits": "-14",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "strategy_generation",
        "quantities": {
          "attempts": 2
        },
        "rate_version": 1,
        "reference": "strategy-67",
        "sequence": 111
      },
      {
        "amount": "-10.05",
        "available_after": "3726.25",
        "balance_after": "3726.25",
        "created_at": "2026-11-13T09:45:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000027",
        "kind": "debit",
        "lots": [
          {
            "credits": "-10.05",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 33500,
          "output_tokens": 8375
        },
        "rate_version": 1,
        "reference": "chat-67",
        "sequence": 110,
        "variant": "medium"
      },
      {
        "amount": "-19.8",
        "available_after": "3736.3",
        "balance_after": "3736.3",
        "created_at": "2026-11-12T09:44:00Z",
        "description": "Momentum, daily bars",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000028",
        "kind": "debit",
        "lots": [
          {
            "credits": "-19.8",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "backtesting",
        "quantities": {
          "assets": 12,
          "bar_years": 60
        },
        "rate_version": 1,
        "reference": "backtest-66",
        "sequence": 109
      },
      {
        "amount": "-6.9",
        "available_after": "3756.1",
        "balance_after": "3756.1",
        "created_at": "2026-11-12T09:43:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000029",
        "kind": "debit",
        "lots": [
          {
            "credits": "-6.9",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 23000,
          "output_tokens": 5750
        },
        "rate_version": 1,
        "reference": "chat-66",
        "sequence": 108,
        "variant": "medium"
      },
      {
        "amount": "-14.1",
        "available_after": "3763",
        "balance_after": "3763",
        "created_at": "2026-11-11T09:42:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000030",
        "kind": "debit",
        "lots": [
          {
            "credits": "-14.1",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 47000,
          "output_tokens": 11750
        },
        "rate_version": 1,
        "reference": "chat-65",
        "sequence": 107,
        "variant": "medium"
      },
      {
        "amount": "-10.95",
        "available_after": "3777.1",
        "balance_after": "3777.1",
        "created_at": "2026-11-10T09:41:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000031",
        "kind": "debit",
        "lots": [
          {
            "credits": "-10.95",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 36500,
          "output_tokens": 9125
        },
        "rate_version": 1,
        "reference": "chat-64",
        "sequence": 106,
        "variant": "medium"
      },
      {
        "amount": "-19.8",
        "available_after": "3788.05",
        "balance_after": "3788.05",
        "created_at": "2026-11-09T09:40:00Z",
        "description": "Momentum, daily bars",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000032",
        "kind": "debit",
        "lots": [
          {
            "credits": "-19.8",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "backtesting",
        "quantities": {
          "assets": 12,
          "bar_years": 60
        },
        "rate_version": 1,
        "reference": "backtest-63",
        "sequence": 105
      },
      {
        "amount": "-7.8",
        "available_after": "3807.85",
        "balance_after": "3807.85",
        "created_at": "2026-11-09T09:39:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000033",
        "kind": "debit",
        "lots": [
          {
            "credits": "-7.8",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 26000,
          "output_tokens": 6500
        },
        "rate_version": 1,
        "reference": "chat-63",
        "sequence": 104,
        "variant": "medium"
      },
      {
        "amount": "-15",
        "available_after": "3815.65",
        "balance_after": "3815.65",
        "created_at": "2026-11-08T09:38:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000034",
        "kind": "debit",
        "lots": [
          {
            "credits": "-15",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 50000,
          "output_tokens": 12500
        },
        "rate_version": 1,
        "reference": "chat-62",
        "sequence": 103,
        "variant": "medium"
      },
      {
        "amount": "-11.85",
        "available_after": "3830.65",
        "balance_after": "3830.65",
        "created_at": "2026-11-07T09:37:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000035",
        "kind": "debit",
        "lots": [
          {
            "credits": "-11.85",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 39500,
          "output_tokens": 9875
        },
        "rate_version": 1,
        "reference": "chat-61",
        "sequence": 102,
        "variant": "medium"
      },
      {
        "amount": "200",
        "available_after": "3842.5",
        "balance_after": "3842.5",
        "created_at": "2026-11-07T09:37:00Z",
        "description": "Welcome",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000006",
        "kind": "grant",
        "lots": [
          {
            "credits": "200",
            "lot_id": "00000000-0000-7000-8000-000000000002"
          }
        ],
        "sequence": 101
      },
      {
        "amount": "-14",
        "available_after": "3642.5",
        "balance_after": "3642.5",
        "created_at": "2026-11-06T09:36:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000036",
        "kind": "debit",
        "lots": [
          {
            "credits": "-14",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "strategy_generation",
        "quantities": {
          "attempts": 2
        },
        "rate_version": 1,
        "reference": "strategy-60",
        "sequence": 100
      },
      {
        "amount": "-19.8",
        "available_after": "3656.5",
        "balance_after": "3656.5",
        "created_at": "2026-11-06T09:35:00Z",
        "description": "Momentum, daily bars",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000037",
        "kind": "debit",
        "lots": [
          {
            "credits": "-19.8",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "backtesting",
        "quantities": {
          "assets": 12,
          "bar_years": 60
        },
        "rate_version": 1,
        "reference": "backtest-60",
        "sequence": 99
      },
      {
        "amount": "-8.7",
        "available_after": "3676.3",
        "balance_after": "3676.3",
        "created_at": "2026-11-06T09:34:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000038",
        "kind": "debit",
        "lots": [
          {
            "credits": "-8.7",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 29000,
          "output_tokens": 7250
        },
        "rate_version": 1,
        "reference": "chat-60",
        "sequence": 98,
        "variant": "medium"
      },
      {
        "amount": "-25",
        "available_after": "3685",
        "balance_after": "3685",
        "created_at": "2026-11-05T09:33:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000039",
        "kind": "debit",
        "lots": [
          {
            "credits": "-25",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "metadata": {
          "market": "EURUSD"
        },
        "operation": "market_analysis",
        "quantities": {
          "reports": 1
        },
        "rate_version": 1,
        "reference": "report-59",
        "sequence": 97
      },
      {
        "amount": "-15.9",
        "available_after": "3710",
        "balance_after": "3710",
        "created_at": "2026-11-05T09:32:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000040",
        "kind": "debit",
        "lots": [
          {
            "credits": "-15.9",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 53000,
          "output_tokens": 13250
        },
        "rate_version": 1,
        "reference": "chat-59",
        "sequence": 96,
        "variant": "medium"
      },
      {
        "amount": "-12.75",
        "available_after": "3725.9",
        "balance_after": "3725.9",
        "created_at": "2026-11-04T09:31:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000041",
        "kind": "debit",
        "lots": [
          {
            "credits": "-12.75",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 42500,
          "output_tokens": 10625
        },
        "rate_version": 1,
        "reference": "chat-58",
        "sequence": 95,
        "variant": "medium"
      }
    ],
    "next_cursor": "the-next-page"
  } satisfies AnswerOf<operations["list_usage_history"]>,
  "list_usage_history.empty": {
    "data": [],
    "next_cursor": null
  } satisfies AnswerOf<operations["list_usage_history"]>,
  "list_usage_history.grants": {
    "data": [
      {
        "amount": "200",
        "available_after": "3842.5",
        "balance_after": "3842.5",
        "created_at": "2026-11-07T09:37:00Z",
        "description": "Welcome",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000006",
        "kind": "grant",
        "lots": [
          {
            "credits": "200",
            "lot_id": "00000000-0000-7000-8000-000000000002"
          }
        ],
        "sequence": 101
      },
      {
        "amount": "120",
        "available_after": "5120",
        "balance_after": "5120",
        "created_at": "2026-09-07T08:00:00Z",
        "description": "Welcome",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000007",
        "kind": "grant",
        "lots": [
          {
            "credits": "120",
            "lot_id": "00000000-0000-7000-8000-000000000008"
          }
        ],
        "sequence": 2
      },
      {
        "amount": "5000",
        "available_after": "5000",
        "balance_after": "5000",
        "created_at": "2026-09-07T08:00:00Z",
        "description": "Plus: 5000 credits",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000009",
        "kind": "grant",
        "lots": [
          {
            "credits": "5000",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "purchase_id": "00000000-0000-7000-8000-000000000004",
        "sequence": 1
      }
    ],
    "next_cursor": null
  } satisfies AnswerOf<operations["list_usage_history"]>,
  "list_usage_history.next": {
    "data": [
      {
        "amount": "-19.8",
        "available_after": "3738.65",
        "balance_after": "3738.65",
        "created_at": "2026-11-03T09:30:00Z",
        "description": "Momentum, daily bars",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000042",
        "kind": "debit",
        "lots": [
          {
            "credits": "-19.8",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "backtesting",
        "quantities": {
          "assets": 12,
          "bar_years": 60
        },
        "rate_version": 1,
        "reference": "backtest-57",
        "sequence": 94
      },
      {
        "amount": "-9.6",
        "available_after": "3758.45",
        "balance_after": "3758.45",
        "created_at": "2026-11-03T09:29:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000043",
        "kind": "debit",
        "lots": [
          {
            "credits": "-9.6",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 32000,
          "output_tokens": 8000
        },
        "rate_version": 1,
        "reference": "chat-57",
        "sequence": 93,
        "variant": "medium"
      },
      {
        "amount": "-6.45",
        "available_after": "3768.05",
        "balance_after": "3768.05",
        "created_at": "2026-11-02T09:28:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000044",
        "kind": "debit",
        "lots": [
          {
            "credits": "-6.45",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 21500,
          "output_tokens": 5375
        },
        "rate_version": 1,
        "reference": "chat-56",
        "sequence": 92,
        "variant": "medium"
      },
      {
        "amount": "-13.65",
        "available_after": "3774.5",
        "balance_after": "3774.5",
        "created_at": "2026-11-01T09:27:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000045",
        "kind": "debit",
        "lots": [
          {
            "credits": "-13.65",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 45500,
          "output_tokens": 11375
        },
        "rate_version": 1,
        "reference": "chat-55",
        "sequence": 91,
        "variant": "medium"
      },
      {
        "amount": "-19.8",
        "available_after": "3788.15",
        "balance_after": "3788.15",
        "created_at": "2026-10-31T09:26:00Z",
        "description": "Momentum, daily bars",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000046",
        "kind": "debit",
        "lots": [
          {
            "credits": "-19.8",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "backtesting",
        "quantities": {
          "assets": 12,
          "bar_years": 60
        },
        "rate_version": 1,
        "reference": "backtest-54",
        "sequence": 90
      },
      {
        "amount": "-10.5",
        "available_after": "3807.95",
        "balance_after": "3807.95",
        "created_at": "2026-10-31T09:25:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000047",
        "kind": "debit",
        "lots": [
          {
            "credits": "-10.5",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 35000,
          "output_tokens": 8750
        },
        "rate_version": 1,
        "reference": "chat-54",
        "sequence": 89,
        "variant": "medium"
      },
      {
        "amount": "-14",
        "available_after": "3818.45",
        "balance_after": "3818.45",
        "created_at": "2026-10-30T09:24:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000048",
        "kind": "debit",
        "lots": [
          {
            "credits": "-14",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "strategy_generation",
        "quantities": {
          "attempts": 2
        },
        "rate_version": 1,
        "reference": "strategy-53",
        "sequence": 88
      },
      {
        "amount": "-7.35",
        "available_after": "3832.45",
        "balance_after": "3832.45",
        "created_at": "2026-10-30T09:23:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000049",
        "kind": "debit",
        "lots": [
          {
            "credits": "-7.35",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 24500,
          "output_tokens": 6125
        },
        "rate_version": 1,
        "reference": "chat-53",
        "sequence": 87,
        "variant": "medium"
      },
      {
        "amount": "-14.55",
        "available_after": "3839.8",
        "balance_after": "3839.8",
        "created_at": "2026-10-29T09:22:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000050",
        "kind": "debit",
        "lots": [
          {
            "credits": "-14.55",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 48500,
          "output_tokens": 12125
        },
        "rate_version": 1,
        "reference": "chat-52",
        "sequence": 86,
        "variant": "medium"
      },
      {
        "amount": "-19.8",
        "available_after": "3854.35",
        "balance_after": "3854.35",
        "created_at": "2026-10-28T09:21:00Z",
        "description": "Momentum, daily bars",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000051",
        "kind": "debit",
        "lots": [
          {
            "credits": "-19.8",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "backtesting",
        "quantities": {
          "assets": 12,
          "bar_years": 60
        },
        "rate_version": 1,
        "reference": "backtest-51",
        "sequence": 85
      },
      {
        "amount": "-11.4",
        "available_after": "3874.15",
        "balance_after": "3874.15",
        "created_at": "2026-10-28T09:20:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000052",
        "kind": "debit",
        "lots": [
          {
            "credits": "-11.4",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 38000,
          "output_tokens": 9500
        },
        "rate_version": 1,
        "reference": "chat-51",
        "sequence": 84,
        "variant": "medium"
      },
      {
        "amount": "-8.25",
        "available_after": "3885.55",
        "balance_after": "3885.55",
        "created_at": "2026-10-27T09:19:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000053",
        "kind": "debit",
        "lots": [
          {
            "credits": "-8.25",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 27500,
          "output_tokens": 6875
        },
        "rate_version": 1,
        "reference": "chat-50",
        "sequence": 83,
        "variant": "medium"
      },
      {
        "amount": "-25",
        "available_after": "3893.8",
        "balance_after": "3893.8",
        "created_at": "2026-10-26T09:18:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000054",
        "kind": "debit",
        "lots": [
          {
            "credits": "-25",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "metadata": {
          "market": "EURUSD"
        },
        "operation": "market_analysis",
        "quantities": {
          "reports": 1
        },
        "rate_version": 1,
        "reference": "report-49",
        "sequence": 82
      },
      {
        "amount": "-15.45",
        "available_after": "3918.8",
        "balance_after": "3918.8",
        "created_at": "2026-10-26T09:17:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000055",
        "kind": "debit",
        "lots": [
          {
            "credits": "-15.45",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 51500,
          "output_tokens": 12875
        },
        "rate_version": 1,
        "reference": "chat-49",
        "sequence": 81,
        "variant": "medium"
      },
      {
        "amount": "-19.8",
        "available_after": "3934.25",
        "balance_after": "3934.25",
        "created_at": "2026-10-25T09:16:00Z",
        "description": "Momentum, daily bars",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000056",
        "kind": "debit",
        "lots": [
          {
            "credits": "-19.8",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "backtesting",
        "quantities": {
          "assets": 12,
          "bar_years": 60
        },
        "rate_version": 1,
        "reference": "backtest-48",
        "sequence": 80
      },
      {
        "amount": "-12.3",
        "available_after": "3954.05",
        "balance_after": "3954.05",
        "created_at": "2026-10-25T09:15:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000057",
        "kind": "debit",
        "lots": [
          {
            "credits": "-12.3",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 41000,
          "output_tokens": 10250
        },
        "rate_version": 1,
        "reference": "chat-48",
        "sequence": 79,
        "variant": "medium"
      },
      {
        "amount": "-9.15",
        "available_after": "3966.35",
        "balance_after": "3966.35",
        "created_at": "2026-10-24T09:14:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000058",
        "kind": "debit",
        "lots": [
          {
            "credits": "-9.15",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 30500,
          "output_tokens": 7625
        },
        "rate_version": 1,
        "reference": "chat-47",
        "sequence": 78,
        "variant": "medium"
      },
      {
        "amount": "-14",
        "available_after": "3975.5",
        "balance_after": "3975.5",
        "created_at": "2026-10-23T09:13:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000059",
        "kind": "debit",
        "lots": [
          {
            "credits": "-14",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "strategy_generation",
        "quantities": {
          "attempts": 2
        },
        "rate_version": 1,
        "reference": "strategy-46",
        "sequence": 77
      },
      {
        "amount": "-6",
        "available_after": "3989.5",
        "balance_after": "3989.5",
        "created_at": "2026-10-23T09:12:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000060",
        "kind": "debit",
        "lots": [
          {
            "credits": "-6",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 20000,
          "output_tokens": 5000
        },
        "rate_version": 1,
        "reference": "chat-46",
        "sequence": 76,
        "variant": "medium"
      },
      {
        "amount": "-19.8",
        "available_after": "3995.5",
        "balance_after": "3995.5",
        "created_at": "2026-10-22T09:11:00Z",
        "description": "Momentum, daily bars",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000061",
        "kind": "debit",
        "lots": [
          {
            "credits": "-19.8",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "backtesting",
        "quantities": {
          "assets": 12,
          "bar_years": 60
        },
        "rate_version": 1,
        "reference": "backtest-45",
        "sequence": 75
      },
      {
        "amount": "-13.2",
        "available_after": "4015.3",
        "balance_after": "4015.3",
        "created_at": "2026-10-22T09:10:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000062",
        "kind": "debit",
        "lots": [
          {
            "credits": "-13.2",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 44000,
          "output_tokens": 11000
        },
        "rate_version": 1,
        "reference": "chat-45",
        "sequence": 74,
        "variant": "medium"
      },
      {
        "amount": "-120",
        "available_after": "4028.5",
        "balance_after": "4028.5",
        "created_at": "2026-10-22T09:10:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000063",
        "kind": "expiry",
        "lots": [
          {
            "credits": "-120",
            "lot_id": "00000000-0000-7000-8000-000000000008"
          }
        ],
        "sequence": 73
      },
      {
        "amount": "-10.05",
        "available_after": "4148.5",
        "balance_after": "4148.5",
        "created_at": "2026-10-21T09:09:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000064",
        "kind": "debit",
        "lots": [
          {
            "credits": "-10.05",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 33500,
          "output_tokens": 8375
        },
        "rate_version": 1,
        "reference": "chat-44",
        "sequence": 72,
        "variant": "medium"
      },
      {
        "amount": "-6.9",
        "available_after": "4158.55",
        "balance_after": "4158.55",
        "created_at": "2026-10-20T09:08:00Z",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000065",
        "kind": "debit",
        "lots": [
          {
            "credits": "-6.9",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "model_inference",
        "quantities": {
          "input_tokens": 23000,
          "output_tokens": 5750
        },
        "rate_version": 1,
        "reference": "chat-43",
        "sequence": 71,
        "variant": "medium"
      },
      {
        "amount": "-19.8",
        "available_after": "4165.45",
        "balance_after": "4165.45",
        "created_at": "2026-10-19T09:07:00Z",
        "description": "Momentum, daily bars",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000066",
        "kind": "debit",
        "lots": [
          {
            "credits": "-19.8",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "backtesting",
        "quantities": {
          "assets": 12,
          "bar_years": 60
        },
        "rate_version": 1,
        "reference": "backtest-42",
        "sequence": 70
      }
    ],
    "next_cursor": "the-next-page"
  } satisfies AnswerOf<operations["list_usage_history"]>,
  "list_usage_history.reference": {
    "data": [
      {
        "amount": "-19.8",
        "available_after": "3673.25",
        "balance_after": "3673.25",
        "created_at": "2026-11-15T09:49:00Z",
        "description": "Momentum, daily bars",
        "held_change": "0",
        "id": "00000000-0000-7000-8000-000000000010",
        "kind": "debit",
        "lots": [
          {
            "credits": "-19.8",
            "lot_id": "00000000-0000-7000-8000-000000000003"
          }
        ],
        "operation": "backtesting",
        "quantities": {
          "assets": 12,
          "bar_years": 60
        },
        "rate_version": 1,
        "reference": "backtest-69",
        "sequence": 114
      }
    ],
    "next_cursor": null
  } satisfies AnswerOf<operations["list_usage_history"]>,
  "problem.credits_out_of_range": {
    "code": "credits_out_of_range",
    "detail": "This many credits can't be bought at once.",
    "max_credits": "1000000",
    "min_credits": "100",
    "request_id": "00000000-0000-7000-8000-000000000112",
    "status": 422,
    "title": "This many credits can't be bought at once.",
    "type": "urn:credits:problem:credits_out_of_range"
  } satisfies Problem,
  "problem.idempotency_key_missing": {
    "code": "idempotency_key_missing",
    "detail": "This operation needs an Idempotency-Key header.",
    "request_id": "00000000-0000-7000-8000-000000000115",
    "status": 400,
    "title": "This operation needs an Idempotency-Key header.",
    "type": "urn:credits:problem:idempotency_key_missing"
  } satisfies Problem,
  "problem.idempotency_key_reused": {
    "code": "idempotency_key_reused",
    "detail": "the idempotency key was used for another request.",
    "request_id": "00000000-0000-7000-8000-000000000118",
    "status": 422,
    "title": "This Idempotency-Key was used for another request.",
    "type": "urn:credits:problem:idempotency_key_reused"
  } satisfies Problem,
  "problem.insufficient_credits": {
    "available": "20",
    "code": "insufficient_credits",
    "detail": "75 credits are needed and 20 are available.",
    "limit": null,
    "limited_by": "balance",
    "request_id": "00000000-0000-7000-8000-000000000123",
    "required": "75",
    "resets_at": null,
    "shortfall": "55",
    "status": 402,
    "title": "The account has not enough credits.",
    "type": "urn:credits:problem:insufficient_credits"
  } satisfies Problem,
  "problem.insufficient_scope": {
    "code": "insufficient_scope",
    "detail": "The token does not carry the scope this operation needs.",
    "request_id": "00000000-0000-7000-8000-000000000108",
    "scope": "credits:read",
    "status": 403,
    "title": "The token does not carry the scope this operation needs.",
    "type": "urn:credits:problem:insufficient_scope"
  } satisfies Problem,
  "problem.invalid_body": {
    "code": "invalid_body",
    "detail": "The body: unknown field `colour`, expected one of `package_id`, `credits`, `currency`, `promotion_code`, `success_url`, `cancel_url` at line 1 column 9.",
    "request_id": "00000000-0000-7000-8000-000000000117",
    "status": 400,
    "title": "The request body is not what this operation takes.",
    "type": "urn:credits:problem:invalid_body"
  } satisfies Problem,
  "problem.invalid_cursor": {
    "code": "invalid_cursor",
    "detail": "The cursor is not one of yours for this list.",
    "request_id": "00000000-0000-7000-8000-000000000111",
    "status": 400,
    "title": "The cursor is not one of yours for this list.",
    "type": "urn:credits:problem:invalid_cursor"
  } satisfies Problem,
  "problem.invalid_offer": {
    "code": "invalid_offer",
    "detail": "A purchase is of a package or of a number of credits.",
    "request_id": "00000000-0000-7000-8000-000000000116",
    "status": 422,
    "title": "A purchase is of a package or of a number of credits.",
    "type": "urn:credits:problem:invalid_offer"
  } satisfies Problem,
  "problem.invalid_quantities": {
    "code": "invalid_quantities",
    "detail": "reports is no quantity of backtesting, which takes assets, bar_years.",
    "request_id": "00000000-0000-7000-8000-000000000122",
    "status": 422,
    "title": "The quantities are not those that the operation is priced by.",
    "type": "urn:credits:problem:invalid_quantities"
  } satisfies Problem,
  "problem.invalid_query": {
    "code": "invalid_query",
    "detail": "The query: limit is 1 to 100.",
    "request_id": "00000000-0000-7000-8000-000000000110",
    "status": 400,
    "title": "The query string is not what this operation takes.",
    "type": "urn:credits:problem:invalid_query"
  } satisfies Problem,
  "problem.invalid_settings": {
    "code": "invalid_settings",
    "detail": "the threshold is more than nothing.",
    "request_id": "00000000-0000-7000-8000-000000000120",
    "status": 422,
    "title": "An account cannot have these settings.",
    "type": "urn:credits:problem:invalid_settings"
  } satisfies Problem,
  "problem.not_found": {
    "code": "not_found",
    "detail": "There is no such checkout session.",
    "request_id": "00000000-0000-7000-8000-000000000109",
    "status": 404,
    "title": "There is no such thing here.",
    "type": "urn:credits:problem:not_found"
  } satisfies Problem,
  "problem.promotion_code_refused": {
    "code": "promotion_code_refused",
    "detail": "the code ended on 2026-10-01T00:00:00Z.",
    "ended_at": "2026-10-01T00:00:00Z",
    "reason": "ended",
    "request_id": "00000000-0000-7000-8000-000000000114",
    "status": 409,
    "title": "The promotion code cannot be used for this purchase.",
    "type": "urn:credits:problem:promotion_code_refused"
  } satisfies Problem,
  "problem.purchase_not_open": {
    "code": "purchase_not_open",
    "detail": "the purchase cannot be paid any more.",
    "purchase_status": "failed",
    "request_id": "00000000-0000-7000-8000-000000000126",
    "status": 409,
    "title": "The purchase cannot be paid any more.",
    "type": "urn:credits:problem:purchase_not_open"
  } satisfies Problem,
  "problem.stripe_refused": {
    "code": "stripe_refused",
    "detail": "Stripe refused the call.",
    "request_id": "00000000-0000-7000-8000-000000000125",
    "status": 502,
    "title": "Stripe refused the call.",
    "type": "urn:credits:problem:stripe_refused"
  } satisfies Problem,
  "problem.stripe_unavailable": {
    "code": "stripe_unavailable",
    "detail": "Stripe cannot be reached right now.",
    "request_id": "00000000-0000-7000-8000-000000000124",
    "status": 503,
    "title": "Stripe cannot be reached right now.",
    "type": "urn:credits:problem:stripe_unavailable"
  } satisfies Problem,
  "problem.too_many_open_purchases": {
    "code": "too_many_open_purchases",
    "detail": "the account has 50 open purchases, and no more are opened beside them.",
    "open": 50,
    "request_id": "00000000-0000-7000-8000-000000000119",
    "status": 409,
    "title": "The account has too many unpaid purchases open.",
    "type": "urn:credits:problem:too_many_open_purchases"
  } satisfies Problem,
  "problem.unauthorized": {
    "code": "unauthorized",
    "detail": "The request needs a valid access token in one Authorization: Bearer header.",
    "request_id": "00000000-0000-7000-8000-000000000107",
    "status": 401,
    "title": "The request needs a valid access token.",
    "type": "urn:credits:problem:unauthorized"
  } satisfies Problem,
  "problem.unknown_currency": {
    "code": "unknown_currency",
    "currencies": [
      "usd"
    ],
    "detail": "Nothing is sold in xxx.",
    "request_id": "00000000-0000-7000-8000-000000000113",
    "status": 400,
    "title": "Nothing is sold in this currency.",
    "type": "urn:credits:problem:unknown_currency"
  } satisfies Problem,
  "problem.unknown_operation": {
    "code": "unknown_operation",
    "detail": "there is no operation \"alchemy\".",
    "request_id": "00000000-0000-7000-8000-000000000121",
    "status": 422,
    "title": "There is no such operation, or no such variant of it.",
    "type": "urn:credits:problem:unknown_operation"
  } satisfies Problem,
  "read_notifications": {
    "marked": 2,
    "unread": 5
  } satisfies AnswerOf<operations["read_notifications"]>,
  "update_auto_recharge": {
    "credits": "500",
    "enabled": true,
    "monthly_cap": {
      "amount": 10000,
      "currency": "usd"
    },
    "threshold": "100"
  } satisfies AnswerOf<operations["update_auto_recharge"]>,
  "update_notification_preferences": {
    "kinds": [
      {
        "by_email": true,
        "in_feed": true,
        "kind": "purchase.paid"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "credits.given"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "credits.taken"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "credits.expiring"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "credits.expired"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "balance.low"
      },
      {
        "by_email": false,
        "in_feed": true,
        "kind": "balance.recovered"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "limit.reached"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "debt.incurred"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "payment.reversed"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "payment.restored"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "payment.disputed"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "dispute.ended"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "recharge.failed"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "recharge.suspended"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "recharge.needs_authentication"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "recharge.cap"
      },
      {
        "by_email": true,
        "in_feed": true,
        "kind": "webhook_endpoint.disabled"
      }
    ],
    "low_balance": [
      "50",
      "500"
    ]
  } satisfies AnswerOf<operations["update_notification_preferences"]>,
};

/** Where each of their operations is, and what its success is called. */
export const routes = {
  create_checkout_session: { method: "post", path: "/v1/checkout-sessions", status: 201 },
  create_payment_method_session: { method: "post", path: "/v1/payment-method-sessions", status: 201 },
  create_quote: { method: "post", path: "/v1/quotes", status: 201 },
  get_auto_recharge: { method: "get", path: "/v1/auto-recharge", status: 200 },
  get_balance: { method: "get", path: "/v1/balance", status: 200 },
  get_checkout_session: { method: "get", path: "/v1/checkout-sessions/{id}", status: 200 },
  get_custom_price: { method: "get", path: "/v1/packages/custom-price", status: 200 },
  get_notification_preferences: { method: "get", path: "/v1/notification-preferences", status: 200 },
  get_payment_method_session: { method: "get", path: "/v1/payment-method-sessions/{id}", status: 200 },
  get_purchase: { method: "get", path: "/v1/purchases/{id}", status: 200 },
  get_purchase_advice: { method: "get", path: "/v1/purchase-advice", status: 200 },
  get_usage_entry: { method: "get", path: "/v1/usage-history/{id}", status: 200 },
  get_usage_summary: { method: "get", path: "/v1/usage-summary", status: 200 },
  list_lots: { method: "get", path: "/v1/lots", status: 200 },
  list_notifications: { method: "get", path: "/v1/notifications", status: 200 },
  list_operations: { method: "get", path: "/v1/operations", status: 200 },
  list_packages: { method: "get", path: "/v1/packages", status: 200 },
  list_purchases: { method: "get", path: "/v1/purchases", status: 200 },
  list_usage_history: { method: "get", path: "/v1/usage-history", status: 200 },
  read_notifications: { method: "post", path: "/v1/notifications/read", status: 200 },
  update_auto_recharge: { method: "put", path: "/v1/auto-recharge", status: 200 },
  update_notification_preferences: { method: "put", path: "/v1/notification-preferences", status: 200 },
} as const;
