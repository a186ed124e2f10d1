/** The page's end: which language it speaks. */
import { chooseLanguage, type Language, LANGUAGES, useLanguage } from "../i18n/language";
import styles from "./Footer.module.css";
import { useTexts } from "./texts";

/** Each in its own words, so that whoever looks for it finds it. */
const names: Record<Language, string> = { en: "English", de: "Deutsch" };

export function Footer() {
  const t = useTexts();
  const current = useLanguage();
  return (
    <footer className={styles.footer}>
      <div className={styles.languages} role="group" aria-label={t.language}>
        {LANGUAGES.map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            aria-pressed={language === current}
            onClick={() => chooseLanguage(language)}
          >
            {names[language]}
          </button>
        ))}
      </div>
    </footer>
  );
}
