/** Notices: what there was to tell, and what of it one wants to be told, where. */
import { go, href, useRoute } from "../app/routes";
import { Screen } from "../ui/Screen";
import { Tabs } from "../ui/Tabs";
import { Feed } from "./Feed";
import { Preferences } from "./Preferences";
import { useTexts } from "./texts";

export default function Notifications() {
  const t = useTexts();
  const view = useRoute().params.get("view") === "preferences" ? "preferences" : "feed";
  return (
    <Screen title={t.title} lead={t.intro}>
      <Tabs
        label={t.title}
        selected={view}
        onSelect={(view) => go(href("notifications", { view: view === "feed" ? undefined : view }))}
        tabs={[
          { key: "feed", title: t.feed.heading, content: <Feed /> },
          { key: "preferences", title: t.preferences.tab, content: <Preferences /> },
        ]}
      />
    </Screen>
  );
}
