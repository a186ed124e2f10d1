/** Every kind of notice, and where it is told. */
import type { Schema } from "@credits/contract";

import { Card } from "../ui/Card";
import { Switch } from "../ui/Switch";
import styles from "./Choices.module.css";
import { type Channel, choose, type Group, GROUPS } from "./preferences";
import { useTexts } from "./texts";

interface ChoicesProps {
  choices: Schema.NotificationChoice[];
  onChange: (choices: Schema.NotificationChoice[]) => void;
}

const groups = Object.keys(GROUPS) as Group[];

export function Choices({ choices, onChange }: ChoicesProps) {
  const t = useTexts();
  const channels: [Channel, string][] = [
    ["in_feed", t.preferences.inFeed],
    ["by_email", t.preferences.byEmail],
  ];
  const wanted = (kind: Schema.NotificationKind, channel: Channel) =>
    choices.find((choice) => choice.kind === kind)?.[channel] ?? false;

  return (
    <Card title={t.preferences.heading} lead={t.preferences.text}>
      <table className={styles.choices}>
        <caption className="unseen">{t.preferences.heading}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{t.preferences.kind}</span>
            </th>
            {channels.map(([channel, title]) => (
              <th key={channel} scope="col" className={styles.channel}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group}>
            <tr>
              <th scope="rowgroup" colSpan={3} className={styles.group}>
                {t.preferences.groups[group]}
              </th>
            </tr>
            {GROUPS[group].map((kind) => (
              <tr key={kind}>
                <th scope="row" className={styles.kind}>
                  {t.kinds[kind]}
                </th>
                {channels.map(([channel, title]) => (
                  <td key={channel} className={styles.channel}>
                    <Switch
                      label={t.preferences.toggle(t.kinds[kind], title)}
                      labelUnseen
                      isOn={wanted(kind, channel)}
                      onChange={(isOn) => onChange(choose(choices, kind, channel, isOn))}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </Card>
  );
}
