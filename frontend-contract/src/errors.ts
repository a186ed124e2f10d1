/**
 * What to tell the user about each error code, in both languages of the page, and whether to offer another try. The
 * codes are those of the OpenAPI document, no more and no fewer. Texts say what to do next and carry no figures: those
 * stand in the problem's members, where the page can write them as its locale does.
 */
import { ProblemError, UNREADABLE_ANSWER } from "./problem";

export interface Advice {
  en: string;
  de: string;
  /** Whether the same request may succeed if the user tries again. */
  retry: boolean;
}

const again = (en: string, de: string): Advice => ({ en, de, retry: true });
const final = (en: string, de: string): Advice => ({ en, de, retry: false });

/** The page itself has sent something wrong: nothing that its user could mend. */
const ours = final(
  "This page sent something the service does not accept. Please reload it; if that does not help, contact support.",
  "Diese Seite hat etwas gesendet, das der Dienst nicht annimmt. Bitte laden Sie sie neu; hilft das nicht, wenden Sie sich an den Support.",
);

export const errorAdvice = {
  // Who is asking.
  unauthorized: final(
    "Your session has ended. Please sign in again.",
    "Ihre Sitzung ist beendet. Bitte melden Sie sich wieder an.",
  ),
  insufficient_scope: final(
    "You are not allowed to do this. Please ask whoever manages your account.",
    "Dazu sind Sie nicht berechtigt. Bitte fragen Sie, wer Ihr Konto verwaltet.",
  ),
  not_found: final(
    "We could not find this. Please go back and look again.",
    "Das haben wir nicht gefunden. Bitte gehen Sie zurück und sehen Sie noch einmal nach.",
  ),

  // Spending.
  insufficient_credits: final(
    "There are not enough credits for this. Please buy more, or choose a smaller piece of work.",
    "Dafür reichen die Credits nicht. Bitte kaufen Sie welche nach oder wählen Sie eine kleinere Aufgabe.",
  ),
  quote_expired: final(
    "This price has lapsed. Please ask for a new one.",
    "Dieser Preis gilt nicht mehr. Bitte fragen Sie einen neuen an.",
  ),
  unknown_operation: final(
    "This operation is no longer offered. Please choose another one.",
    "Diese Operation wird nicht mehr angeboten. Bitte wählen Sie eine andere.",
  ),
  invalid_quantities: final(
    "The price cannot be worked out from these quantities. Please check them.",
    "Aus diesen Mengen lässt sich kein Preis berechnen. Bitte prüfen Sie sie.",
  ),
  already_exists: final(
    "This was recorded before. Nothing was charged twice.",
    "Das wurde schon erfasst. Es wurde nichts doppelt berechnet.",
  ),
  already_refunded: final(
    "These credits were given back before. Nothing more is to be done.",
    "Diese Credits wurden bereits zurückgegeben. Es ist nichts weiter zu tun.",
  ),
  refund_exceeds_debit: final(
    "More was asked back than was taken. Please enter a smaller amount.",
    "Es wurde mehr zurückverlangt, als abgebucht war. Bitte geben Sie weniger an.",
  ),
  hold_ended: final(
    "The credits are no longer set aside for this work. Please start it again.",
    "Für diese Arbeit sind keine Credits mehr reserviert. Bitte starten Sie sie neu.",
  ),
  capture_exceeds_hold: final(
    "The work cost more than was set aside for it. Please start it again with a higher amount.",
    "Die Arbeit hat mehr gekostet, als für sie reserviert war. Bitte starten Sie sie mit einem höheren Betrag neu.",
  ),

  // Buying.
  invalid_offer: final(
    "Please choose a package or enter a number of credits.",
    "Bitte wählen Sie ein Paket oder geben Sie eine Anzahl Credits ein.",
  ),
  credits_out_of_range: final(
    "This many credits cannot be bought at once. Please enter an amount within the range shown.",
    "So viele Credits lassen sich nicht auf einmal kaufen. Bitte geben Sie eine Anzahl innerhalb der Grenzen ein.",
  ),
  balance_limit: final(
    "With this your account would hold more credits than is possible. Please choose a smaller amount.",
    "Damit hätte Ihr Konto mehr Credits, als möglich ist. Bitte wählen Sie eine kleinere Anzahl.",
  ),
  unknown_currency: final(
    "Nothing is sold in this currency. Please choose another one.",
    "In dieser Währung wird nichts verkauft. Bitte wählen Sie eine andere.",
  ),
  promotion_code_refused: final(
    "This code cannot be used for this purchase. Please check it, or buy without it.",
    "Dieser Code gilt für diesen Kauf nicht. Bitte prüfen Sie ihn oder kaufen Sie ohne ihn.",
  ),
  too_many_open_purchases: final(
    "Several purchases are still unpaid. Please pay one of them, or wait until they lapse.",
    "Mehrere Käufe sind noch unbezahlt. Bitte bezahlen Sie einen davon oder warten Sie, bis sie verfallen.",
  ),
  purchase_not_open: final(
    "This purchase can no longer be paid. Please start a new one.",
    "Dieser Kauf kann nicht mehr bezahlt werden. Bitte beginnen Sie einen neuen.",
  ),
  stripe_refused: final(
    "Our payment provider did not accept this. You were not charged; please contact support.",
    "Unser Zahlungsanbieter hat das nicht angenommen. Es wurde nichts abgebucht; bitte wenden Sie sich an den Support.",
  ),
  stripe_unavailable: again(
    "Our payment provider cannot be reached right now. Please try again in a moment.",
    "Unser Zahlungsanbieter ist gerade nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.",
  ),

  // The same thing twice.
  request_in_progress: again(
    "This is still being worked on. Please wait a moment.",
    "Das wird noch bearbeitet. Bitte warten Sie einen Moment.",
  ),
  idempotency_key_missing: ours,
  idempotency_key_invalid: ours,
  idempotency_key_reused: ours,

  // What an administrator does.
  adjustment_out_of_range: final(
    "An adjustment moves more than nothing, and less than the largest amount. Please change it.",
    "Eine Korrektur bewegt mehr als nichts und weniger als den Höchstbetrag. Bitte ändern Sie sie.",
  ),
  invalid_expiry: final(
    "Credits cannot end on this date. Please choose another one.",
    "Zu diesem Zeitpunkt können Credits nicht enden. Bitte wählen Sie einen anderen.",
  ),
  invalid_settings: final(
    "These settings do not go together. Please check them.",
    "Diese Einstellungen passen nicht zusammen. Bitte prüfen Sie sie.",
  ),
  invalid_choice: final(
    "Two of the things given exclude each other, or one is missing. Please check what you entered.",
    "Zwei der Angaben schließen sich aus, oder eine fehlt. Bitte prüfen Sie Ihre Eingaben.",
  ),
  nothing_to_refund: final(
    "No payment of this purchase can be refunded. Please reload the purchase to see how it stands.",
    "Von diesem Kauf lässt sich keine Zahlung erstatten. Bitte laden Sie den Kauf neu, um seinen Stand zu sehen.",
  ),
  not_under_review: final(
    "This purchase is not waiting for a review. Please reload it to see how it stands.",
    "Dieser Kauf wartet auf keine Prüfung. Bitte laden Sie ihn neu, um seinen Stand zu sehen.",
  ),
  review_not_acceptable: final(
    "This payment does not match the purchase and cannot be accepted. Please reject it instead.",
    "Diese Zahlung passt nicht zum Kauf und kann nicht angenommen werden. Bitte lehnen Sie sie ab.",
  ),
  promotion_code_exists: final(
    "There is a code of this name already. Please choose another name.",
    "Einen Code mit diesem Namen gibt es schon. Bitte wählen Sie einen anderen.",
  ),
  invalid_webhook_url: final(
    "Nothing is sent to this address. Please enter a public https address.",
    "An diese Adresse wird nichts gesendet. Bitte geben Sie eine öffentliche https-Adresse ein.",
  ),
  too_many_webhook_endpoints: final(
    "No more webhook endpoints can be added. Please delete one first.",
    "Es können keine weiteren Webhook-Endpunkte angelegt werden. Bitte löschen Sie zuerst einen.",
  ),
  webhooks_not_configured: final(
    "Webhooks are switched off here. Please ask whoever runs the service.",
    "Webhooks sind hier abgeschaltet. Bitte fragen Sie, wer den Dienst betreibt.",
  ),

  // Requests that no page of ours sends.
  invalid_body: ours,
  invalid_query: ours,
  invalid_cursor: final(
    "This list has changed since. Please reload it.",
    "Diese Liste hat sich inzwischen geändert. Bitte laden Sie sie neu.",
  ),
  body_too_large: ours,
  unsupported_media_type: ours,
  invalid_signature: ours,
  invalid_event: ours,

  // The service's own trouble.
  request_timeout: again(
    "Your connection was too slow for this. Please try again.",
    "Ihre Verbindung war dafür zu langsam. Bitte versuchen Sie es noch einmal.",
  ),
  overloaded: again(
    "The service is very busy. Please try again in a moment.",
    "Der Dienst ist stark ausgelastet. Bitte versuchen Sie es gleich noch einmal.",
  ),
  unavailable: again(
    "The service is not available right now. Please try again in a moment.",
    "Der Dienst ist gerade nicht verfügbar. Bitte versuchen Sie es gleich noch einmal.",
  ),
  outcome_unknown: again(
    "We do not know whether this went through. Trying again is safe: nothing is done twice.",
    "Wir wissen nicht, ob das gelungen ist. Ein neuer Versuch ist unbedenklich: Nichts geschieht doppelt.",
  ),
  internal: again(
    "Something went wrong on our side. Please try again; if it happens again, contact support.",
    "Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal; geschieht es wieder, wenden Sie sich an den Support.",
  ),
} as const satisfies Record<string, Advice>;

export type ErrorCode = keyof typeof errorAdvice;

/** What goes wrong without the service having said so. */
export const otherAdvice = {
  [UNREADABLE_ANSWER]: errorAdvice.unavailable,
  no_answer: again(
    "The service cannot be reached. Please check your connection and try again.",
    "Der Dienst ist nicht erreichbar. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.",
  ),
  unknown: errorAdvice.internal,
} as const satisfies Record<string, Advice>;

/** The advice about anything that was thrown, a code newer than this table included. */
export function adviceFor(error: unknown): Advice {
  if (error instanceof ProblemError) {
    const known: Record<string, Advice | undefined> = {
      ...errorAdvice,
      [UNREADABLE_ANSWER]: otherAdvice.unreadable_answer,
    };
    return known[error.code] ?? (error.status >= 500 ? otherAdvice.unknown : ours);
  }
  // What `fetch` throws when nothing was answered.
  return error instanceof TypeError ? otherAdvice.no_answer : otherAdvice.unknown;
}
