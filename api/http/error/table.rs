//! The one table of errors: every code the API can answer with, its status, and what it means. The
//! answers, the OpenAPI document and `docs/ERRORS.md` are all made from it.

use actix_web::http::StatusCode;

/// What a table's row says of a code.
pub struct ErrorSpec {
    pub code: &'static str,
    pub status: StatusCode,
    /// A short sentence that is the same every time.
    pub title: &'static str,
    /// What happened and what a caller does about it, for the documentation.
    pub advice: &'static str,
    /// Fields that the problem carries beside the standard ones.
    pub fields: &'static [&'static str],
    /// Seconds after which to try again.
    pub retry_after: Option<u32>,
}

macro_rules! error_table {
    ($($name:ident = $code:literal, $status:ident, $retry:expr, [$($field:literal),*],
       $title:literal, $advice:literal;)*) => {
        /// A stable code: it never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ErrorCode {
            $($name,)*
        }

        impl ErrorCode {
            pub const ALL: &[ErrorCode] = &[$(ErrorCode::$name,)*];

            pub const fn spec(self) -> ErrorSpec {
                match self {
                    $(ErrorCode::$name => ErrorSpec {
                        code: $code,
                        status: StatusCode::$status,
                        title: $title,
                        advice: $advice,
                        fields: &[$($field),*],
                        retry_after: $retry,
                    },)*
                }
            }
        }
    };
}

error_table! {
    InvalidBody = "invalid_body", BAD_REQUEST, None, [],
        "The request body is not what this operation takes.",
        "`detail` names the field. Unknown fields are refused, and so are repeated ones.";
    InvalidRequest = "invalid_request", BAD_REQUEST, None, [],
        "The request is not one that can be read.",
        "Check the path, the headers and their encoding.";
    InvalidQuery = "invalid_query", BAD_REQUEST, None, [],
        "The query string is not what this operation takes.",
        "`detail` names the parameter. Unknown parameters are refused.";
    InvalidCursor = "invalid_cursor", BAD_REQUEST, None, [],
        "The cursor is not one of yours for this list.",
        "Take `next_cursor` from an answer to the same caller and list, unchanged, or start without one.";
    UnknownCurrency = "unknown_currency", BAD_REQUEST, None, ["currencies"],
        "Nothing is sold in this currency.",
        "`currencies` are those that something is sold in.";
    IdempotencyKeyMissing = "idempotency_key_missing", BAD_REQUEST, None, [],
        "This operation needs an Idempotency-Key header.",
        "Send a fresh unique value (a UUID will do) with every new request, and the same value when you repeat one.";
    IdempotencyKeyInvalid = "idempotency_key_invalid", BAD_REQUEST, None, [],
        "The Idempotency-Key header cannot be used.",
        "Send it once, with 1 to 255 visible ASCII characters.";
    AdjustmentOutOfRange = "adjustment_out_of_range", BAD_REQUEST, None, ["most"],
        "An adjustment moves more than nothing and less than the cap.",
        "`most` is the cap. Split a larger correction, or find the slip of the hand.";
    InvalidWebhookUrl = "invalid_webhook_url", UNPROCESSABLE_ENTITY, None, [],
        "Nothing is sent to this URL.",
        "`detail` says why. Webhooks go to https on the public internet, and to networks that the operator has named in `CREDITS_WEBHOOK_NETWORKS`.";
    TooManyWebhookEndpoints = "too_many_webhook_endpoints", CONFLICT, None, [],
        "There are 20 webhook endpoints, and no more are kept.",
        "Remove one that is not needed.";
    WebhooksNotConfigured = "webhooks_not_configured", CONFLICT, None, [],
        "This service sends no webhooks.",
        "Set `CREDITS_SIGNING_KEY`: signatures are made with it.";
    InvalidExpiry = "invalid_expiry", UNPROCESSABLE_ENTITY, None, [],
        "The end of the credits is not one they can have.",
        "An end lies in the future, and only added credits have one.";
    InvalidSignature = "invalid_signature", BAD_REQUEST, None, [],
        "The Stripe-Signature header does not vouch for this body.",
        "Stripe repeats the delivery. Check the webhook secret and, if `credits_webhook_refusals_total` says `clock_skew`, the clock.";
    InvalidEvent = "invalid_event", BAD_REQUEST, None, [],
        "The body is signed, but it is not a Stripe event.",
        "Point only Stripe's events at this endpoint.";
    Unauthorized = "unauthorized", UNAUTHORIZED, None, [],
        "The request needs a valid access token.",
        "Get a fresh token from the identity provider and send it in one `Authorization: Bearer` header.";
    InsufficientCredits = "insufficient_credits", PAYMENT_REQUIRED, None, ["required", "available", "shortfall", "limited_by", "limit", "resets_at"],
        "The account has not enough credits.",
        "`shortfall` more credits are needed. Where `limited_by` says `limit`, the account may own them, but `limit` leaves no more than `available` until `resets_at`. The answer belongs to the Idempotency-Key for good: use a new one afterwards.";
    OriginNotAllowed = "origin_not_allowed", FORBIDDEN, None, [],
        "This web origin may not call the API from a browser.",
        "Whoever runs the service names the origins it takes in `CREDITS_CORS_ORIGINS`.";
    InsufficientScope = "insufficient_scope", FORBIDDEN, None, ["scope"],
        "The token does not carry the scope this operation needs.",
        "`scope` names it.";
    NotFound = "not_found", NOT_FOUND, None, [],
        "There is no such thing here.",
        "Somebody else's things look the same as things that don't exist.";
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED, None, [],
        "This path does not take this method.",
        "The `Allow` header names those it takes.";
    RequestTimeout = "request_timeout", REQUEST_TIMEOUT, None, [],
        "The request body took too long to arrive.",
        "Send it again, faster. Nothing was changed.";
    RequestInProgress = "request_in_progress", CONFLICT, Some(1), [],
        "A request with this Idempotency-Key is still running.",
        "Repeat it, unchanged, after `Retry-After` seconds.";
    TooManyOpenPurchases = "too_many_open_purchases", CONFLICT, None, ["open"],
        "The account has too many unpaid purchases open.",
        "Pay one of them, or wait until they expire.";
    PurchaseNotOpen = "purchase_not_open", CONFLICT, None, ["purchase_status"],
        "The purchase cannot be paid any more.",
        "`purchase_status` says why. Start a new one with a new Idempotency-Key.";
    NotUnderReview = "not_under_review", CONFLICT, None, ["purchase_status"],
        "The purchase does not wait for a review.",
        "Somebody has ruled on it already, its money is back, or nothing was ever wrong with it.";
    ReviewNotAcceptable = "review_not_acceptable", CONFLICT, None, ["review"],
        "This money cannot be accepted as payment for the purchase.",
        "Test money is worth nothing, and no purchase is granted twice. Reject the review, and refund the payment.";
    NothingToRefund = "nothing_to_refund", CONFLICT, None, ["purchase_status"],
        "No payment of this purchase can be refunded.",
        "It was never paid, or all of its money is back already.";
    AlreadyExists = "already_exists", CONFLICT, None, ["existing_id"],
        "This reference was used before.",
        "`existing_id` is what it stands for. A reference names one debit and one hold of an account, for ever.";
    AlreadyRefunded = "already_refunded", CONFLICT, None, [],
        "The debit was refunded before.",
        "A debit is refunded once; `GET /v1/debits/{id}` shows how.";
    HoldEnded = "hold_ended", CONFLICT, None, ["hold_status", "credits", "captured"],
        "The hold has ended.",
        "`hold_status` says how. Work that runs longer than its hold extends it in time.";
    CaptureExceedsHold = "capture_exceeds_hold", CONFLICT, None, ["required", "held"],
        "The work cost more than is held.",
        "The hold was made with `overage: reject`. Extend it with more credits, or capture no more than `held`.";
    PromotionCodeRefused = "promotion_code_refused", CONFLICT, None, ["reason"],
        "The promotion code cannot be used for this purchase.",
        "`reason` says why: `not_active`, `ended` (with `ended_at`), `other_goods`, `first_purchase_only`, `used_up_by_account` and `used_up` (with `most_uses` and `uses`), or `price_too_small` (with `price` and `least_price`). The purchase can be made without the code.";
    PromotionCodeExists = "promotion_code_exists", CONFLICT, None, ["existing_code"],
        "There is a promotion code of this name.",
        "`existing_code` is its name. A name stands for one promotion, for ever: change that one, or choose another name.";
    QuoteExpired = "quote_expired", CONFLICT, None, [],
        "The quote has lapsed.",
        "Ask for a new one: a quote holds its price for 15 minutes.";
    BodyTooLarge = "body_too_large", PAYLOAD_TOO_LARGE, None, [],
        "The request body is too large.",
        "A body has at most 64 KiB, a batch of debits 4 MiB.";
    UnsupportedMediaType = "unsupported_media_type", UNSUPPORTED_MEDIA_TYPE, None, [],
        "The request body must be JSON.",
        "Send `Content-Type: application/json`, in UTF-8 and not compressed.";
    IdempotencyKeyReused = "idempotency_key_reused", UNPROCESSABLE_ENTITY, None, [],
        "This Idempotency-Key was used for another request.",
        "Use a new key for a new request. The first request's result stands.";
    BalanceLimit = "balance_limit", UNPROCESSABLE_ENTITY, None, ["balance", "added"],
        "The balance would pass the most an account can own.",
        "An account owns at most 9000000000 credits.";
    InvalidOffer = "invalid_offer", UNPROCESSABLE_ENTITY, None, [],
        "A purchase is of a package or of a number of credits.",
        "Name one of `package_id` and `credits`, not both.";
    InvalidSettings = "invalid_settings", UNPROCESSABLE_ENTITY, None, [],
        "An account cannot have these settings.",
        "`detail` says which, and why: a time zone or an operation that is not known, limits that do not go together, a kind of notice that is chosen for twice, no address of mail.";
    CreditsOutOfRange = "credits_out_of_range", UNPROCESSABLE_ENTITY, None, ["min_credits", "max_credits"],
        "This many credits can't be bought at once.",
        "Ask for a whole number between `min_credits` and `max_credits`.";
    InvalidChoice = "invalid_choice", UNPROCESSABLE_ENTITY, None, [],
        "Members of the body exclude each other, or one of them is missing.",
        "`detail` says which of them to choose.";
    UnknownOperation = "unknown_operation", UNPROCESSABLE_ENTITY, None, [],
        "There is no such operation, or no such variant of it.",
        "`GET /v1/operations` lists them. `detail` says what is wrong.";
    InvalidQuantities = "invalid_quantities", UNPROCESSABLE_ENTITY, None, [],
        "The quantities are not those that the operation is priced by.",
        "`GET /v1/operations` names them. `detail` says what is wrong.";
    RefundExceedsDebit = "refund_exceeds_debit", UNPROCESSABLE_ENTITY, None, ["required", "debited"],
        "More was asked back than was taken.",
        "`debited` is the most that can be given back.";
    Internal = "internal", INTERNAL_SERVER_ERROR, None, [],
        "Something went wrong on our side.",
        "Quote `request_id` to whoever runs the service. A repeat with the same Idempotency-Key is safe.";
    StripeRefused = "stripe_refused", BAD_GATEWAY, None, [],
        "Stripe refused the call.",
        "No money was moved. Quote `request_id` to whoever runs the service: its Stripe settings need a look.";
    Unavailable = "unavailable", SERVICE_UNAVAILABLE, Some(2), [],
        "The service cannot do this right now.",
        "Nothing was changed. Repeat the request with the same Idempotency-Key after `Retry-After` seconds.";
    Overloaded = "overloaded", SERVICE_UNAVAILABLE, Some(1), [],
        "Too many requests are waiting.",
        "Nothing was changed. Repeat the request with the same Idempotency-Key after `Retry-After` seconds.";
    OutcomeUnknown = "outcome_unknown", SERVICE_UNAVAILABLE, Some(2), [],
        "The connection to the database was lost at the last moment.",
        "The request may have taken effect. Repeat it with the same Idempotency-Key to find out; it takes effect once at most.";
    StripeUnavailable = "stripe_unavailable", SERVICE_UNAVAILABLE, Some(5), [],
        "Stripe cannot be reached right now.",
        "Nothing was charged. Repeat the request with the same Idempotency-Key after `Retry-After` seconds.";
}
