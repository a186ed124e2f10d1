/**
 * The session that this tab has last sent its user to Stripe for. Who comes back by the browser's own button, and not
 * by Stripe's, is told what became of it instead of being offered to pay once more.
 */
const REMEMBERED_AS = "credits.checkout";

export function rememberedCheckout(): string | null {
  try {
    return sessionStorage.getItem(REMEMBERED_AS);
  } catch {
    return null;
  }
}

export function rememberCheckout(id: string | null): void {
  try {
    if (id === null) {
      sessionStorage.removeItem(REMEMBERED_AS);
    } else {
      sessionStorage.setItem(REMEMBERED_AS, id);
    }
  } catch {
    // Where nothing may be stored, the history still shows what was bought.
  }
}
