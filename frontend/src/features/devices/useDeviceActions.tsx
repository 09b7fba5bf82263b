import { FileText, Layers, LogOut, MinusCircle, MoreHorizontal, Slash } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { loadPart } from "../../lib/loadPart";
import { useShortcuts } from "../../lib/shortcuts";
import { Button } from "../../ui/Button";
import { IconButton } from "../../ui/IconButton";
import { Menu } from "../../ui/Menu";
import { useMay } from "../session/session";
import type { DeviceProfile } from "./deviceProfile";
import type { SelectionAction } from "./SelectionDialog";

const SelectionDialog = lazy(() =>
  loadPart(() => import("./SelectionDialog")).then((module) => ({ default: module.SelectionDialog })),
);

const icon = { "aria-hidden": true, className: "size-4 shrink-0", strokeWidth: 1.75 } as const;

/** What can be done with one device: the buttons, what a press elsewhere begins, and the dialog that is open. */
export function useDeviceActions(device: DeviceProfile) {
  const [action, setAction] = useState<SelectionAction>();
  const mayAct = useMay("OPERATOR") && !device.removedAt;
  const mayDisown = useMay("ADMIN");
  const act = (what: SelectionAction) => () => setAction(what);
  useShortcuts(mayAct ? { a: act("assign"), l: act("group") } : {});
  return {
    onSet: mayAct ? act("assign") : undefined,
    onRemove: mayAct ? act("unassign") : undefined,
    buttons: mayAct && (
      <div className="flex flex-wrap gap-2">
        <Button icon={<FileText {...icon} />} aria-keyshortcuts="A" onClick={act("assign")}>
          Assign profile
        </Button>
        <Button icon={<Layers {...icon} />} aria-keyshortcuts="L" onClick={act("group")}>
          Add to group
        </Button>
        <Menu
          align="end"
          trigger={
            <IconButton
              variant="secondary"
              label={`More for ${device.serialNumber}`}
              icon={<MoreHorizontal {...icon} />}
            />
          }
          items={[
            {
              label: "Remove own profile",
              icon: <MinusCircle {...icon} />,
              onSelect: act("unassign"),
              hint: "Groups and OS defaults decide again",
              ...(device.profileSource !== "DEVICE" && { disabledReason: "The device has no profile of its own" }),
            },
            {
              label: "Clear profile at Apple",
              icon: <Slash {...icon} />,
              onSelect: act("clear"),
              hint: "The device is to have none, on purpose",
            },
            ...(mayDisown
              ? [
                  "separator" as const,
                  {
                    label: "Release for good",
                    icon: <LogOut {...icon} />,
                    onSelect: act("disown"),
                    danger: true,
                    hint: "Out of Apple Business Manager; cannot be undone",
                  },
                ]
              : []),
          ]}
        />
      </div>
    ),
    dialog: action && (
      <Suspense>
        <SelectionDialog
          action={action}
          selection={{ ids: new Set([device.id]) }}
          onClose={() => setAction(undefined)}
        />
      </Suspense>
    ),
  };
}
