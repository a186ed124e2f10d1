/** Whether there is enough for it; and if not, how much is missing and what to buy. */
import type { Schema } from "@credits/contract";

import { less } from "../amounts/credits";
import { wholeUp } from "../amounts/whole";
import { href } from "../app/routes";
import { useBalance } from "../data/reads";
import { useAmounts } from "../i18n/units";
import { usePackages } from "../recharge/reads";
import { Banner } from "../ui/Banner";
import { LinkButton } from "../ui/Button";
import { useTexts } from "./texts";

export function Afford({ quote }: { quote: Schema.Quote }) {
  return quote.affordable ? <Enough cost={quote.credits} /> : <Short quote={quote} />;
}

function Enough({ cost }: { cost: string }) {
  const t = useTexts().result;
  const amounts = useAmounts();
  const { data: balance } = useBalance();
  return (
    <Banner tone="good" title={t.affordable}>
      {balance !== undefined && t.after(amounts.creditsShort(less(balance.available, cost)))} {t.limit}
    </Banner>
  );
}

function Short({ quote }: { quote: Schema.Quote }) {
  const t = useTexts().result;
  const amounts = useAmounts();
  const suggested = quote.suggested_package_id ?? undefined;
  const { data: packages } = usePackages(undefined, undefined);
  const name = packages?.data.find(({ id }) => id === suggested)?.name ?? suggested;
  return (
    <Banner
      tone="warn"
      title={t.short(amounts.credits(quote.shortfall))}
      action={
        <LinkButton
          size="small"
          href={href("buy", name === undefined ? { credits: wholeUp(quote.shortfall) } : { package: suggested })}
        >
          {t.buy}
        </LinkButton>
      }
    >
      {name === undefined ? t.suggestedNone : t.suggested(name)}
    </Banner>
  );
}
