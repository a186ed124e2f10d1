/**
 * What the page says. Each screen keeps a `texts.ts` with both languages side by side: English is the type, and German
 * that lacks a key does not compile. A text that takes values is a function; they come formatted (`format.ts`).
 */
import { type Language, useLanguage } from "./language";

export function texts<T extends object>(dictionaries: { en: T } & Record<Language, NoInfer<T>>): () => T {
  return () => dictionaries[useLanguage()];
}
