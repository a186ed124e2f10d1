import { texts } from "../i18n/texts";

export const useTexts = texts({
  en: {
    loading: "Loading",
    retry: "Try again",
    close: "Close",
    reference: (id: string) => `Reference for support: ${id}`,
  },
  de: {
    loading: "Wird geladen",
    retry: "Erneut versuchen",
    close: "Schließen",
    reference: (id: string) => `Kennung für den Support: ${id}`,
  },
});
