/** Views of one thing, of which one is shown. */
import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components/Tabs";

import styles from "./Tabs.module.css";

interface TabsProps {
  label: string;
  tabs: { key: string; title: string; content: ReactNode }[];
  selected?: string;
  onSelect?: (key: string) => void;
}

export function Tabs({ label, tabs, selected, onSelect }: TabsProps) {
  return (
    <AriaTabs selectedKey={selected} onSelectionChange={(key) => onSelect?.(String(key))}>
      <TabList aria-label={label} className={styles.list ?? ""}>
        {tabs.map(({ key, title }) => (
          <Tab key={key} id={key} className={styles.tab ?? ""}>
            {title}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ key, content }) => (
        <TabPanel key={key} id={key} className={styles.panel ?? ""}>
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
