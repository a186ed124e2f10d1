/** The screen of this name. */
import { useTexts } from "../app/texts";
import { Screen } from "../ui/Screen";

export default function Buy() {
  const t = useTexts();
  return <Screen title={t.screens["buy"]}>{null}</Screen>;
}
