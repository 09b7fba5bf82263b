import { Card } from "../../ui/Card";
import { Segmented } from "../../ui/Segmented";
import { JsonPanel } from "./JsonPanel";
import type { Profile } from "./profile";
import { ScreensPanel } from "./ScreensPanel";
import type { System } from "./systems";
import type { ProfileEditing } from "./useProfileEditing";

export type Panel = "screens" | "json";

type SetupPanelProps = {
  profile: Profile;
  editing: ProfileEditing;
  system: System;
  panel: Panel;
  onPanelChange: (panel: Panel) => void;
};

const panels = [
  { value: "screens", label: "Screens" },
  { value: "json", label: "JSON" },
] as const;

/** Beside the panes of Setup Assistant: what people see of them, or what Apple receives. */
export function SetupPanel({ profile, editing, system, panel, onPanelChange }: SetupPanelProps) {
  const switcher = <Segmented label="Preview" options={panels} value={panel} onValueChange={onPanelChange} />;
  // It stays in sight while panes are switched far below.
  return (
    <div className="min-w-0 xl:sticky xl:top-18">
      {panel === "json" ? (
        <JsonPanel profile={profile} editing={editing} switcher={switcher} />
      ) : (
        <Card title="What people see" padding={false} action={switcher}>
          <ScreensPanel editing={editing} system={system} />
        </Card>
      )}
    </div>
  );
}
