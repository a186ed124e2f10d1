import { texts } from "../i18n/texts";

export const useTexts = texts({
  en: {
    notOpened: "This page could not be opened",
    title: "You have been signed out",
    explanation: "Your session has ended. Nothing is lost: sign in again to go on.",
    signIn: "Sign in again",
    reload: "Try again",
  },
  de: {
    notOpened: "Diese Seite konnte nicht geöffnet werden",
    title: "Sie wurden abgemeldet",
    explanation: "Ihre Sitzung ist beendet. Es ist nichts verloren: Melden Sie sich wieder an, um weiterzumachen.",
    signIn: "Wieder anmelden",
    reload: "Erneut versuchen",
  },
});
