/** The screen of this name. */
import { useTexts } from "../app/texts";
import { Screen } from "../ui/Screen";

export default function Overview() {
  const t = useTexts();
  return <Screen title={t.screens["overview"]}>{null}</Screen>;
}
