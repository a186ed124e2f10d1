/** What the screen of notices says, in German. */
import type { Schema } from "@credits/contract";
import type { NoticeTexts } from "./texts.en";

const windows: Record<Schema.LimitWindow, string> = {
  day: "pro Tag",
  week: "pro Woche",
  cycle: "pro Abrechnungsmonat",
};

export const de: NoticeTexts = {
  title: "Hinweise",
  intro: "Was mit Ihren Credits geschah, ohne dass Sie etwas getan haben.",
  says: {
    "purchase.paid": ({ credits }) => ({
      title: `${credits} sind da`,
      text: "Ihre Zahlung ist bestätigt, und was Sie gekauft haben, steht ab sofort bereit.",
    }),
    "credits.given": ({ credits }) => ({
      title: `${credits} für Sie`,
      text: "Sie wurden Ihnen gegeben und können sofort verwendet werden.",
    }),
    "credits.taken": ({ credits }) => ({
      title: `${credits} wurden zurückgenommen`,
      text: "Der Grund steht in Ihrem Verlauf.",
    }),
    "credits.expiring": ({ credits, days, expiresAt }) => ({
      title:
        days === 1 ? `${credits} verfallen innerhalb eines Tages` : `${credits} verfallen innerhalb von ${days} Tagen`,
      text: `Was Sie nicht vor dem ${expiresAt} verwenden, verfällt. Was am frühesten verfällt, wird immer zuerst verwendet.`,
    }),
    "credits.expired": ({ credits }) => ({
      title: `${credits} verfallen`,
      text: "So viel war zum Ende eines Postens übrig.",
    }),
    "balance.low": ({ credits, threshold }) => ({
      title: `Nur noch ${credits}`,
      text: `Das ist weniger als die Schwelle von ${threshold}, ab der Sie Bescheid wissen wollen. Was mehr kostet, wird abgelehnt.`,
    }),
    "balance.recovered": ({ credits, threshold }) => ({
      title: "Wieder genug Credits",
      text: `Verfügbar sind ${credits}, deutlich mehr als Ihre Schwelle von ${threshold}.`,
    }),
    "limit.reached": ({ credits, operation, window, resetsAt }) => ({
      title: "Ein Limit ist erreicht",
      text:
        `Verwendet werden dürfen ${credits}${window === undefined ? "" : ` ${windows[window]}`}` +
        `${operation === "" ? "" : ` für ${operation}`}. Für die letzte Anfrage reichte das nicht mehr, deshalb wurde ` +
        `sie abgelehnt. Spielraum gibt es wieder ab ${resetsAt}.`,
    }),
    "debt.incurred": ({ credits, debt }) => ({
      title: `Arbeit kostete ${credits} mehr als vorhanden`,
      text: `Sie hatte begonnen und wurde zu Ende geführt. Offen ist nun: ${debt}. Ihre nächsten Credits begleichen das zuerst.`,
    }),
    "payment.reversed": ({ credits }) => ({
      title: "Eine Zahlung ging zurück",
      text: `Mit Ihrem Geld ging, was dafür gekauft war: ${credits}. Was davon schon verbraucht war, bleibt offen.`,
    }),
    "payment.restored": ({ credits }) => ({
      title: "Ihre Zahlung ist wieder eingegangen",
      text: `Auch was dafür gekauft war, ist wieder da: ${credits}.`,
    }),
    "payment.disputed": ({ credits }) => ({
      title: "Eine Zahlung wird geprüft",
      text:
        `Ihre Bank prüft sie. Bis sie entschieden hat, sind ${credits} gesperrt. ` +
        "Wenn Sie die Zahlung nicht beanstanden wollten, sagen Sie es Ihrer Bank.",
    }),
    "dispute.ended": ({ credits }) => ({
      title: "Die Prüfung ist beendet",
      text: `Ihre Bank hat entschieden, und was gesperrt war, ist wieder frei: ${credits}.`,
    }),
    "recharge.failed": ({ decline }) => ({
      title: "Ihre Karte wurde nicht belastet",
      text: `${decline} Es wurde nichts automatisch gekauft.`,
    }),
    "recharge.suspended": ({ suspension }) => ({
      title: "Automatisches Aufladen ist ausgesetzt",
      text: `${suspension} Hinterlegen Sie eine Karte, dann geht es weiter.`,
    }),
    "recharge.needs_authentication": () => ({
      title: "Bitte bestätigen Sie eine Zahlung",
      text: "Es soll automatisch aufgeladen werden, aber Ihre Bank verlangt Ihre Bestätigung. Vorher wird nichts gekauft.",
    }),
    "recharge.cap": ({ percent, isWhole }) => ({
      title: isWhole
        ? "Die Grenze des automatischen Aufladens ist erreicht"
        : `${percent} der Grenze des automatischen Aufladens sind verbraucht`,
      text: isWhole
        ? "In diesem Abrechnungszeitraum wird nichts mehr von selbst gekauft."
        : "Die Grenze ist das Höchste, was in einem Abrechnungszeitraum ausgegeben wird. Sie setzen sie.",
    }),
    "webhook_endpoint.disabled": ({ url }) => ({
      title: "Ein Webhook-Endpunkt wurde abgeschaltet",
      text: `${url} war tagelang nicht zu erreichen oder meldet, dass es ihn nicht mehr gibt. Er bekommt nichts mehr.`,
    }),
  },
  kinds: {
    "purchase.paid": "Gekaufte Credits sind da",
    "credits.given": "Mir wurden Credits gegeben",
    "credits.taken": "Credits wurden zurückgenommen",
    "credits.expiring": "Credits verfallen bald",
    "credits.expired": "Credits sind verfallen",
    "balance.low": "Credits werden knapp",
    "balance.recovered": "Wieder genug Credits",
    "limit.reached": "Ein Limit ist erreicht",
    "debt.incurred": "Arbeit kostete mehr als vorhanden",
    "payment.reversed": "Eine Zahlung ging zurück",
    "payment.restored": "Eine Zahlung ist wieder eingegangen",
    "payment.disputed": "Eine Zahlung wird geprüft",
    "dispute.ended": "Eine Prüfung ist beendet",
    "recharge.failed": "Die hinterlegte Karte wurde abgelehnt",
    "recharge.suspended": "Das Aufladen ist ausgesetzt",
    "recharge.needs_authentication": "Ein Aufladen wartet auf meine Bestätigung",
    "recharge.cap": "Die Grenze ist nah oder erreicht",
    "webhook_endpoint.disabled": "Mein Webhook-Endpunkt wurde abgeschaltet",
  },
  links: {
    entry: "Im Verlauf ansehen",
    purchase: "Kauf ansehen",
    lots: "Ansehen, was verfällt",
    buy: "Credits kaufen",
    recharge: "Zum automatischen Aufladen",
  },
  feed: {
    heading: "Neueste",
    unread: (count) => `${count} ungelesen`,
    new: "Neu",
    markAll: "Alle als gelesen markieren",
    marked: "Alle Hinweise sind gelesen.",
    empty: "Nichts zu melden",
    emptyText: "Wenn Credits kommen, knapp werden oder bald verfallen, lesen Sie es hier.",
  },
  preferences: {
    tab: "Einstellungen",
    heading: "Wovon Sie erfahren möchten",
    text: "Mails gehen an die Adresse, die die Plattform von Ihnen hat.",
    kind: "Hinweis",
    inFeed: "Auf dieser Seite",
    byEmail: "Per Mail",
    groups: { credits: "Credits", payments: "Zahlungen", recharge: "Automatisches Aufladen", other: "Sonstiges" },
    toggle: (kind, channel) => `${kind}: ${channel}`,
    save: "Auswahl speichern",
    saved: "Gespeichert.",
    changed: "Ihre Änderungen sind noch nicht gespeichert.",
  },
  low: {
    heading: "Wenig Credits",
    text: "Sie erfahren es einmal, wenn weniger als eine dieser Schwellen verfügbar ist, und erst wieder, nachdem es mehr geworden war.",
    label: (number) => `Schwelle ${number}`,
    unit: "Credits",
    add: "Schwelle hinzufügen",
    remove: (threshold) => `Schwelle ${threshold} entfernen`,
    removeShort: "Entfernen",
    none: "Keine Schwelle: Sie erfahren nie, dass wenig übrig ist.",
    most: (count) => `Mehr als ${count} kann es nicht geben.`,
    wrong: "Eine Zahl von Credits über null, etwa 1000 oder 99,5.",
    twice: "Diese Schwelle gibt es schon.",
  },
};
