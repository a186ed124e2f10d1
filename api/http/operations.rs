//! What every operation may answer besides its success, and which scope it asks for. The OpenAPI
//! document takes its errors from here; a test holds the list to the document, and every operation
//! to its row in the authorisation table.

use super::error::ErrorCode;
use crate::auth::Scope;

pub struct Operation {
    pub id: &'static str,
    /// None: anyone may call it.
    pub scope: Option<Scope>,
    /// Beyond those that every operation has.
    pub errors: &'static [ErrorCode],
}

use ErrorCode::{
    AdjustmentOutOfRange, BalanceLimit, BodyTooLarge, CreditsOutOfRange, IdempotencyKeyInvalid,
    IdempotencyKeyMissing, IdempotencyKeyReused, InsufficientCredits, InsufficientScope, Internal,
    InvalidBody, InvalidCursor, InvalidEvent, InvalidExpiry, InvalidOffer, InvalidQuery,
    InvalidSettings, InvalidSignature, NotFound, OutcomeUnknown, Overloaded, PurchaseNotOpen,
    RequestInProgress, RequestTimeout, StripeRefused, StripeUnavailable, TooManyOpenPurchases,
    Unauthorized, Unavailable, UnsupportedMediaType,
};

/// Of everything that reads the database.
pub const ALWAYS: &[ErrorCode] = &[Internal, Unavailable];

/// Of everything that needs a caller.
pub const AUTHENTICATED: &[ErrorCode] = &[Unauthorized, InsufficientScope];

pub const OPERATIONS: &[Operation] = &[
    Operation {
        id: "get_balance",
        scope: Some(Scope::Read),
        errors: &[],
    },
    Operation {
        id: "get_account_balance",
        scope: Some(Scope::Consume),
        errors: &[NotFound],
    },
    Operation {
        id: "list_lots",
        scope: Some(Scope::Read),
        errors: &[InvalidQuery, InvalidCursor],
    },
    Operation {
        id: "list_usage_history",
        scope: Some(Scope::Read),
        errors: &[InvalidQuery, InvalidCursor],
    },
    Operation {
        id: "export_usage_history",
        scope: Some(Scope::Read),
        errors: &[InvalidQuery],
    },
    Operation {
        id: "get_usage_summary",
        scope: Some(Scope::Read),
        errors: &[InvalidQuery],
    },
    Operation {
        id: "list_operations",
        scope: Some(Scope::Read),
        errors: &[],
    },
    Operation {
        id: "list_packages",
        scope: Some(Scope::Read),
        errors: &[],
    },
    Operation {
        id: "get_custom_price",
        scope: Some(Scope::Read),
        errors: &[InvalidQuery, CreditsOutOfRange],
    },
    Operation {
        id: "create_checkout_session",
        scope: Some(Scope::Purchase),
        errors: &[
            InvalidBody,
            RequestTimeout,
            IdempotencyKeyMissing,
            IdempotencyKeyInvalid,
            NotFound,
            RequestInProgress,
            TooManyOpenPurchases,
            PurchaseNotOpen,
            BodyTooLarge,
            UnsupportedMediaType,
            IdempotencyKeyReused,
            BalanceLimit,
            InvalidOffer,
            CreditsOutOfRange,
            StripeRefused,
            Overloaded,
            OutcomeUnknown,
            StripeUnavailable,
        ],
    },
    Operation {
        id: "get_checkout_session",
        scope: Some(Scope::Read),
        errors: &[NotFound],
    },
    Operation {
        id: "list_purchases",
        scope: Some(Scope::Read),
        errors: &[InvalidQuery, InvalidCursor],
    },
    Operation {
        id: "get_purchase",
        scope: Some(Scope::Read),
        errors: &[NotFound],
    },
    Operation {
        id: "get_purchase_advice",
        scope: Some(Scope::Read),
        errors: &[],
    },
    Operation {
        id: "get_account",
        scope: Some(Scope::Admin),
        errors: &[NotFound],
    },
    Operation {
        id: "update_account",
        scope: Some(Scope::Admin),
        errors: &[
            InvalidBody,
            RequestTimeout,
            IdempotencyKeyMissing,
            IdempotencyKeyInvalid,
            NotFound,
            BodyTooLarge,
            UnsupportedMediaType,
            IdempotencyKeyReused,
            InvalidSettings,
            Overloaded,
            OutcomeUnknown,
        ],
    },
    Operation {
        id: "create_adjustment",
        scope: Some(Scope::Admin),
        errors: &[
            InvalidBody,
            RequestTimeout,
            IdempotencyKeyMissing,
            IdempotencyKeyInvalid,
            AdjustmentOutOfRange,
            InvalidExpiry,
            InsufficientCredits,
            NotFound,
            BodyTooLarge,
            UnsupportedMediaType,
            IdempotencyKeyReused,
            BalanceLimit,
            Overloaded,
            OutcomeUnknown,
        ],
    },
    Operation {
        id: "receive_stripe_event",
        scope: None,
        errors: &[
            InvalidSignature,
            InvalidEvent,
            InvalidBody,
            RequestTimeout,
            BodyTooLarge,
            UnsupportedMediaType,
        ],
    },
    Operation {
        id: "get_liveness",
        scope: None,
        errors: &[],
    },
    Operation {
        id: "get_readiness",
        scope: None,
        errors: &[],
    },
];
