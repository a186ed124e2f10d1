import { texts } from "../i18n/texts";

export const useTexts = texts({
  en: {
    skip: "Skip to the content",
    screens: {
      overview: "Overview",
      buy: "Buy",
      history: "History",
      lots: "Credits",
      purchases: "Purchases",
      "auto-recharge": "Auto-recharge",
      notifications: "Notices",
      estimate: "Estimator",
    },
    navigation: "Sections",
    sandbox: "Sandbox: no real money",
    offline: "You are offline. What you see may be out of date.",
    available: "available",
    language: "Language",
    unread: (count: string) => `${count} unread`,
    broken: "This part of the page has failed.",
  },
  de: {
    skip: "Zum Inhalt springen",
    screens: {
      overview: "Übersicht",
      buy: "Kaufen",
      history: "Verlauf",
      lots: "Guthaben",
      purchases: "Käufe",
      "auto-recharge": "Automatik",
      notifications: "Hinweise",
      estimate: "Kostenrechner",
    },
    navigation: "Bereiche",
    sandbox: "Testumgebung: kein echtes Geld",
    offline: "Sie sind offline. Was Sie sehen, ist vielleicht nicht mehr aktuell.",
    available: "verfügbar",
    language: "Sprache",
    unread: (count: string) => `${count} ungelesen`,
    broken: "Dieser Teil der Seite ist ausgefallen.",
  },
});
