import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { setShortcutsOff, shortcutsAreOff } from "../../lib/shortcuts";
import { Checkbox } from "../../ui/Checkbox";
import { Dialog } from "../../ui/Dialog";
import { Kbd } from "../../ui/Kbd";
import { textLink } from "../../ui/textLink";
import { helpTopics } from "../help/topics";
import { useSession } from "../session/session";

const shortcuts: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ["Ctrl", "K"], does: "Search, or jump to a page or a device (⌘ K on a Mac)" },
  { keys: ["G", "O"], does: "Overview" },
  { keys: ["G", "D"], does: "ABM devices" },
  { keys: ["G", "R"], does: "Groups" },
  { keys: ["G", "P"], does: "ADE profiles" },
  { keys: ["G", "E"], does: "OS defaults" },
  { keys: ["G", "S"], does: "Sync history" },
  { keys: ["G", "T"], does: "Troubleshooting" },
  { keys: ["/"], does: "Search on the page" },
  { keys: ["S"], does: "Sync now" },
  { keys: ["J", "K"], does: "Next, previous device" },
  { keys: ["Enter"], does: "Open the device beside the list" },
  { keys: ["O"], does: "Open the device's page" },
  { keys: ["X"], does: "Select the device" },
  { keys: ["Shift", "X"], does: "Select up to the device" },
  { keys: ["Ctrl", "A"], does: "Select all devices that match" },
  { keys: ["A"], does: "Assign a profile to the device or the selection" },
  { keys: ["L"], does: "Add the device or the selection to a group" },
  { keys: ["Alt", "↑"], does: "Move a group up; with ↓ down" },
  { keys: ["D"], does: "Diagnose one serial number, on Troubleshooting" },
  { keys: ["T"], does: "The chart of the overview as a table, and back" },
  { keys: ["["], does: "Show or hide the sidebar's names" },
  { keys: ["?"], does: "This list" },
];

export function ShortcutsDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { instance } = useSession();
  const [off, setOff] = useState(shortcutsAreOff);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Help and shortcuts" size={480}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {shortcuts.map(({ keys, does }) => (
          <div key={does} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-4">
        <Checkbox
          label="Turn single-key shortcuts off in this browser"
          checked={off}
          onCheckedChange={(next) => {
            setShortcutsOff(next);
            setOff(next);
          }}
        />
      </div>
      <ul className="mt-4 grid gap-1">
        {helpTopics.map(({ topic, title }) => (
          <li key={topic}>
            <Link
              to="/help/$topic"
              params={{ topic }}
              className={`${textLink} underline`}
              onClick={() => onOpenChange(false)}
            >
              {title}
            </Link>
          </li>
        ))}
      </ul>
      <p className="mt-4 text-fg-3 text-hint">GuardMDM {instance.version}</p>
    </Dialog>
  );
}
