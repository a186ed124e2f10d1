/** What the overview says, in the language chosen. */
import { texts } from "../i18n/texts";
import { de } from "./texts.de";
import { en } from "./texts.en";

export const useTexts = texts({ en, de });
