/** Leads whoever has sent a form with a mistake in it to the first one, once it is marked. */
export function focusFirstMistake(form: HTMLFormElement): void {
  setTimeout(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
}
