/**
 * The session that this tab has last sent its user to Stripe for. Who comes back by the browser's own button, and not
 * by Stripe's, is told what became of it before they are offered to pay once more.
 */
const REMEMBERED_AS = "credits.checkout";
/** What was begun longer ago is no news any more: the purchases tell of it. */
const LONGEST_MS = 60 * 60 * 1000;

export function rememberCheckout(id: string): void {
  try {
    sessionStorage.setItem(REMEMBERED_AS, `${Date.now()} ${id}`);
  } catch {
    // Where nothing may be stored, the purchases still tell of it.
  }
}

export function rememberedCheckout(): string | null {
  try {
    const [at = "", id = ""] = sessionStorage.getItem(REMEMBERED_AS)?.split(" ") ?? [];
    return id !== "" && Date.now() - Number(at) < LONGEST_MS ? id : null;
  } catch {
    return null;
  }
}
