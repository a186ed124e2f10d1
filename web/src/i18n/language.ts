/** Which language the page speaks: what was chosen here before, else what the browser asks for, else English. */
import { useSyncExternalStore } from "react";

export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

const REMEMBERED_AS = "credits.language";
const listeners = new Set<() => void>();
let chosen: Language | undefined;

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, current);
}

export function chooseLanguage(language: Language): void {
  chosen = language;
  try {
    localStorage.setItem(REMEMBERED_AS, language);
  } catch {
    // Where nothing may be stored, the choice lasts as long as the page.
  }
  listeners.forEach((listener) => listener());
}

/** The locale for figures and dates: of the browser's, the first in this language ("en-GB"), else the language. */
export function localeOf(language: Language): string {
  return navigator.languages.find((locale) => languageOf(locale) === language) ?? language;
}

function current(): Language {
  return (chosen ??= remembered() ?? preferred() ?? "en");
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function remembered(): Language | undefined {
  try {
    return known(localStorage.getItem(REMEMBERED_AS));
  } catch {
    return undefined;
  }
}

function preferred(): Language | undefined {
  return navigator.languages.map((locale) => known(languageOf(locale))).find((language) => language !== undefined);
}

function known(text: string | null): Language | undefined {
  return LANGUAGES.find((language) => language === text);
}

function languageOf(locale: string): string {
  return locale.toLowerCase().split("-")[0] ?? "";
}
