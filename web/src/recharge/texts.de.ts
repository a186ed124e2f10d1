/** What the screen of buying says, in German. */
import type { RechargeTexts } from "./texts.en";

export const de: RechargeTexts = {
  title: "Credits kaufen",
  lead: "Wählen Sie ein Paket oder eine eigene Anzahl. Größere kosten je Credit weniger.",
  steps: { label: "Schritte", choose: "Wählen", pay: "Bei Stripe zahlen", done: "Prüfen" },
  packages: {
    title: "Wie viele Credits",
    label: "Pakete",
    credits: (credits) => `${credits} Credits`,
    bonus: (credits) => `${credits} davon als Bonus`,
    each: (price) => `${price} je Credit`,
    saving: (percent) => `${percent} gespart`,
    suggested: "Passt zu Ihnen",
    other: "Eigene Anzahl",
    otherExplained: "Jede ganze Zahl",
  },
  custom: {
    label: "Anzahl der Credits",
    unit: "Credits",
    between: (least, most) => `Eine ganze Zahl von ${least} bis ${most}.`,
    notWhole: "Bitte geben Sie eine ganze Zahl ein, zum Beispiel 2500.",
    slabsTitle: "Wie sich der Preis berechnet",
    slabsExplained:
      "Jeder Credit kostet, was seine Stufe sagt: Mehr Credits kosten nie weniger, und die Pakete folgen denselben Stufen.",
    slabsCaption: "Preise eigener Anzahlen",
    from: "Ab Credit Nummer",
    each: "Jeder kostet",
  },
  currency: "Währung",
  order: {
    title: "Ihre Bestellung",
    credits: "Credits",
    bonus: "davon Bonus",
    each: "Preis je Credit",
    saving: "Gespart je Credit",
    usable: "Nutzbar bis",
    code: "Aktionscode",
    price: "Gesamt",
    tax: "Etwaige Steuern zeigt Stripe, bevor Sie zahlen.",
    terms: (day) =>
      `Gekaufte Credits werden nicht erstattet. Sie verfallen ein Jahr nach der Zahlung${day === undefined ? "" : `, am ${day}`}; was dann nicht genutzt ist, geht verloren.`,
    pay: (price) => `${price} bei Stripe zahlen`,
    paying: "Stripe wird geöffnet …",
    choose: "Wählen Sie eine Anzahl",
    secure: "Sie zahlen auf der Seite von Stripe. Ihre Kartennummer erreicht uns nie.",
  },
  advice: {
    title: "Nach Ihrem Verbrauch",
    needed: (likely, low, high, day) =>
      `Sie werden bis ${day} wohl etwa ${likely} weitere Credits brauchen: mindestens ${low}, höchstens ${high}.`,
    neededNone: (day) => `Was Sie haben, reicht wohl bis ${day}.`,
    fits: "Diese Anzahl wird sicher verbraucht, bevor sie verfällt.",
    likely: "Diese Anzahl wird wohl verbraucht, bevor sie verfällt.",
    tooMuch: (credits) => `Mehr, als Sie wohl brauchen: Etwa ${credits} Credits davon würden ungenutzt verfallen.`,
    reasons: {
      history_is_too_short:
        "Es gibt noch zu wenig Verlauf, um Ihren Bedarf zu schätzen. Fangen Sie klein an: Nachkaufen geht jederzeit.",
      nothing_is_used: "Zuletzt wurde nichts verbraucht. Was Sie jetzt kaufen, verfällt womöglich ungenutzt.",
      holdings_will_do:
        "Was Sie haben, reicht wohl für das ganze Jahr. Was Sie jetzt kaufen, verfällt womöglich ungenutzt.",
      no_package_is_small_enough:
        "Sie brauchen wenig: Selbst das kleinste Paket wird womöglich nicht verbraucht. Eine eigene Anzahl passt vielleicht.",
    },
  },
  questions: {
    title: "Gut zu wissen",
    list: [
      [
        "Was kostet Credits?",
        "KI-Modelle, Strategieentwürfe, Backtesting und erweiterte Marktanalysen, jeweils nach der Rechenleistung, die sie brauchen.",
      ],
      [
        "Verfallen sie?",
        "Ja, ein Jahr nach der Zahlung. Wir erinnern 30, 7 Tage und einen Tag vorher. Was zuerst verfällt, wird zuerst verbraucht.",
      ],
      [
        "Kann ich ungenutzte Credits zurückgeben?",
        "Nein: Gekaufte Credits werden nicht erstattet. Kaufen Sie, was Sie binnen eines Jahres nutzen; nachkaufen geht jederzeit.",
      ],
    ],
  },
  code: {
    ask: "Ich habe einen Aktionscode",
    label: "Aktionscode",
    apply: "Einlösen",
    remove: "Entfernen",
    percent: (code, percent) => `${code}: ${percent} Nachlass`,
    credits: (code, credits) => `${code}: ${credits} Credits dazu`,
    unknown: "Diesen Code gibt es nicht. Bitte prüfen Sie die Schreibweise.",
    notFor: "Dieser Code gilt nicht für die gewählte Anzahl.",
  },
  last: {
    what: (credits, price) => `${credits} Credits für ${price}.`,
    cancelled: "Es wurde nichts abgebucht",
    cancelledExplained:
      "Sie sind zurückgekommen, ohne zu zahlen. Wählen Sie neu, oder machen Sie mit derselben Anzahl weiter.",
    unfinished: "Sie haben noch nicht fertig bezahlt",
    goOn: "Weiter zur Zahlung",
    done: "Sie haben gerade Credits gekauft",
    see: "Was daraus wurde",
  },
  outcome: {
    added: (credits) => `${credits} Credits sind hinzugekommen`,
    available: "Jetzt verfügbar",
    until: "Nutzbar bis",
    paid: "Bezahlt",
    receipt: "Beleg",
    history: "Im Verlauf ansehen",
    overview: "Zur Übersicht",
    again: "Neu wählen",
    more: "Weitere kaufen",
    goOn: "Noch nicht gezahlt? Weiter bei Stripe",
    purchases: "Zu Ihren Käufen",
    failedRead: "Wir konnten nicht erfahren, was aus der Zahlung geworden ist. Bezahlte Credits kommen trotzdem an.",
    states: {
      processing: {
        title: "Die Zahlung wird bestätigt",
        text: "Das dauert wenige Sekunden. Bleiben Sie hier oder gehen Sie weiter: Die Credits kommen von selbst.",
      },
      delayed: {
        title: "Die Bestätigung dauert länger als üblich",
        text: "Sie müssen hier nicht warten. Sobald Stripe die Zahlung bestätigt, kommen die Credits hinzu, und Sie hören davon.",
      },
      awaiting_funds: {
        title: "Die Bank überweist das Geld",
        text: "Diese Zahlungsart dauert bis zu einige Tage. Die Credits kommen, sobald das Geld da ist, und Sie hören davon.",
      },
      done: { title: "Zahlung bestätigt", text: "" },
      failed: {
        title: "Die Zahlung ist gescheitert",
        text: "Es wurde nichts abgebucht, und es kamen keine Credits hinzu. Versuchen Sie es mit einer anderen Karte oder Zahlungsart.",
      },
      expired: {
        title: "Die Zahlung kam nicht rechtzeitig",
        text: "Es wurde nichts abgebucht. Wählen Sie noch einmal, um neu zu beginnen.",
      },
      review: {
        title: "Ihre Zahlung wird geprüft",
        text: "Etwas daran stimmt nicht überein; deshalb sieht sie sich jemand an, bevor Credits hinzukommen. Sie müssen nichts tun.",
      },
      reversed: {
        title: "Diese Zahlung ging zurück",
        text: "Sie war bezahlt, aber das Geld ging zurück oder ist strittig, und mit ihm die Credits.",
      },
    },
  },
};
