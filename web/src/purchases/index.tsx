/** The screen of this name. */
import { useTexts } from "../app/texts";
import { Screen } from "../ui/Screen";

export default function Purchases() {
  const t = useTexts();
  return <Screen title={t.screens["purchases"]}>{null}</Screen>;
}
