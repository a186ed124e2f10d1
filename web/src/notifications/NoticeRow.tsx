/** One notice: its headline, its sentence, when it was told, and the way to what it is about. */
import type { Schema } from "@credits/contract";

import { useTexts as useRechargeTexts } from "../auto-recharge/texts";
import { useOperationName } from "../data/useOperationName";
import { useFormat } from "../i18n/format";
import { useAmounts } from "../i18n/units";
import type { Tone } from "../ui/Banner";
import { Badge } from "../ui/Badge";
import { Icon, type IconName } from "../ui/Icon";
import styles from "./NoticeRow.module.css";
import { sayingOf, toneOf, wayFrom } from "./saying";
import { useTexts } from "./texts";

const icons: Record<Tone, IconName> = { info: "info", good: "check", warn: "warning", bad: "warning" };

export function NoticeRow({ notice }: { notice: Schema.Notification }) {
  const t = useTexts();
  const format = useFormat();
  const amounts = useAmounts();
  const operation = useOperationName();
  const { credits } = amounts;
  const shown = { credits, moment: format.moment, percent: format.percent, operation };
  const { title, text } = sayingOf(notice, t, useRechargeTexts(), shown);
  const way = wayFrom(notice, t);
  const tone = toneOf[notice.kind];
  const isNew = notice.read_at == null;
  return (
    <li className={styles.notice} data-new={isNew}>
      <span className={`${styles.icon} ${styles[tone]}`}>
        <Icon name={icons[tone]} />
      </span>
      <div className={styles.said}>
        <h3 className={styles.title}>
          {title} {isNew && <Badge tone="info">{t.feed.new}</Badge>}
        </h3>
        <p className={styles.text}>{text}</p>
        <p className={styles.foot}>
          <time dateTime={notice.created_at} title={format.momentExact(notice.created_at)}>
            {format.moment(notice.created_at)}
          </time>
          {way !== null && <a href={way.to}>{way.label}</a>}
        </p>
      </div>
    </li>
  );
}
