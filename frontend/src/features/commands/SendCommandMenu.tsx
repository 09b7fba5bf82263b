import { Send } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { DeviceCommand } from "../../gql/graphql";
import { loadPart } from "../../lib/loadPart";
import { Button } from "../../ui/Button";
import { Menu, type MenuItem } from "../../ui/Menu";
import { useMay } from "../session/session";
import { commandNames, commands } from "./commands";

const SendCommandDialog = lazy(() =>
  loadPart(() => import("./SendCommandDialog")).then((module) => ({ default: module.SendCommandDialog })),
);

/** The commands that can be sent to one device. */
export function SendCommandMenu({ deviceId, serialNumber }: { deviceId: string; serialNumber: string }) {
  const may = useMay("OPERATOR");
  const isAdmin = useMay("ADMIN");
  const [command, setCommand] = useState<DeviceCommand>();
  const [selection] = useState(() => ({ ids: new Set([deviceId]) }));
  if (!may) return null;
  const items = commandNames
    .filter((name) => isAdmin || !commands[name].admin)
    .flatMap((name): MenuItem[] => {
      const { label, hint, danger } = commands[name];
      const item = { label, hint, danger, onSelect: () => setCommand(name) };
      return danger ? ["separator", item] : [item];
    });
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button
            size="small"
            className="max-sm:h-11"
            icon={<Send aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />}
          >
            Send command
          </Button>
        }
        items={items}
      />
      {command && (
        <Suspense>
          <SendCommandDialog
            selection={selection}
            command={command}
            serialNumber={serialNumber}
            open
            onOpenChange={(open) => !open && setCommand(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
