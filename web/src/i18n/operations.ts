/** The operations that every installation begins with, in the page's languages. Others bear the name they were given. */
import { texts } from "./texts";

export const useOperationTexts = texts<Record<string, string>>({
  en: {
    model_inference: "AI model inference",
    strategy_generation: "Strategy generation",
    backtesting: "Backtesting",
    market_analysis: "Market analysis",
    other: "Other work",
  },
  de: {
    model_inference: "KI-Modelle",
    strategy_generation: "Strategieentwurf",
    backtesting: "Backtesting",
    market_analysis: "Marktanalyse",
    other: "Sonstiges",
  },
});
