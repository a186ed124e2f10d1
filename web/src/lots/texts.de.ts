/** What the screen of lots says, in German. */
import type { LotTexts } from "./texts.en";

export const de: LotTexts = {
  title: "Guthaben",
  intro:
    "Ihre Credits liegen in Posten: Jeder kam zu einem Zeitpunkt und verfällt zu einem. Was am frühesten verfällt, wird von selbst zuerst verbraucht.",
  sources: {
    purchase: "Gekauft",
    bonus: "Bonus",
    promotion: "Geschenkt",
    adjustment: "Anpassung",
  },
  endings: {
    heading: "Was wann verfällt",
    week: "In 7 Tagen",
    month: "In 30 Tagen",
    quarter: "In 90 Tagen",
    none: "Nichts",
    explained: "Jede Zahl schließt die davor ein. Was von einem Posten zu seinem Ende übrig ist, verfällt.",
  },
  first: {
    heading: "Diese zuerst verwenden",
    calm: "In den nächsten 90 Tagen verfällt nichts, was frei ist.",
    calmText: (moment) => `Der nächste Verfall: ${moment}.`,
    pace: (credits, moment) => `Mit etwa ${credits} am Tag bis ${moment} verfällt davon nichts.`,
    today: (credits, moment) => `${credits} verfallen ${moment}.`,
    enough: "Im Tempo Ihrer letzten 52 Wochen sind sie rechtzeitig verbraucht.",
    unused: (credits) => `Im Tempo Ihrer letzten 52 Wochen verfallen von Ihrem Guthaben etwa ${credits}.`,
    estimate: "Ansehen, wofür sie reichen",
  },
  list: {
    heading: "In der Reihenfolge, in der sie verbraucht werden",
    next: "Als Nächstes",
    before: "Wird vor den anderen verbraucht, so wurde es vergeben",
    after: "Wird nach den anderen verbraucht, so wurde es vergeben",
    held: (credits) => `davon ${credits} für laufende Arbeit reserviert`,
    frozen: (credits) => `davon ${credits} gesperrt, solange die Zahlung strittig ist`,
    granted: (day) => `Erhalten ${day}`,
    of: (granted) => `von ${granted} übrig`,
    ends: (day) => `Verfällt ${day}`,
    purchase: "Kauf ansehen",
    empty: "Keine Credits",
    emptyText: "Was Sie kaufen oder geschenkt bekommen, liegt hier, bis es verbraucht ist oder verfällt.",
    buy: "Credits kaufen",
  },
  terms:
    "Gekaufte Credits und ihr Bonus verfallen ein Kalenderjahr nach der Bestätigung der Zahlung und werden nicht erstattet.",
};
