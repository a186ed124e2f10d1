/** Why a card was not charged: Stripe's many codes as the few reasons that a card's owner can do something about. */

export type DeclineReason =
  | "authenticate"
  | "bank"
  | "currency"
  | "data"
  | "duplicate"
  | "expired"
  | "funds"
  | "gone"
  | "later"
  | "limit"
  | "pin"
  | "stopped"
  | "test"
  | "unsupported";

/**
 * Every code that docs/DECLINES.md names. That a card was reported as lost or stolen, or a payment taken for fraud, is
 * not told: whoever sees this page may not be the card's owner, and Stripe asks to treat these as any refusal.
 */
export const declineReasons: Readonly<Record<string, DeclineReason>> = {
  approve_with_id: "later",
  authentication_not_handled: "authenticate",
  authentication_required: "authenticate",
  call_issuer: "bank",
  card_declined: "bank",
  card_not_supported: "unsupported",
  card_velocity_exceeded: "limit",
  currency_not_supported: "currency",
  do_not_honor: "bank",
  do_not_try_again: "bank",
  duplicate_transaction: "duplicate",
  expired_card: "expired",
  fraudulent: "bank",
  generic_decline: "bank",
  incorrect_address: "data",
  incorrect_cvc: "data",
  incorrect_number: "data",
  incorrect_pin: "pin",
  incorrect_zip: "data",
  insufficient_funds: "funds",
  invalid_account: "data",
  invalid_amount: "limit",
  invalid_cvc: "data",
  invalid_expiry_month: "data",
  invalid_expiry_year: "data",
  invalid_number: "data",
  invalid_pin: "pin",
  issuer_not_available: "later",
  lost_card: "bank",
  merchant_blacklist: "bank",
  new_account_information_available: "data",
  no_action_taken: "bank",
  not_permitted: "unsupported",
  offline_pin_required: "pin",
  online_or_offline_pin_required: "pin",
  payment_intent_authentication_failure: "authenticate",
  payment_method_unactivated: "unsupported",
  payment_method_unexpected_state: "gone",
  pickup_card: "bank",
  pin_try_exceeded: "pin",
  processing_error: "later",
  reenter_transaction: "later",
  resource_missing: "gone",
  restricted_card: "bank",
  revocation_of_all_authorizations: "stopped",
  revocation_of_authorization: "stopped",
  security_violation: "bank",
  service_not_allowed: "unsupported",
  stolen_card: "bank",
  stop_payment_order: "stopped",
  testmode_decline: "test",
  transaction_not_allowed: "unsupported",
  try_again_later: "later",
  withdrawal_count_limit_exceeded: "limit",
};

/** A code that is not known says no more than that the bank refused. */
export function declineReason(code: string): DeclineReason {
  return Object.hasOwn(declineReasons, code) ? (declineReasons[code] ?? "bank") : "bank";
}
