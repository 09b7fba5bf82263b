import { ListPlus, X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { loadPart } from "../../lib/loadPart";
import { Button } from "../../ui/Button";
import { IconButton } from "../../ui/IconButton";
import { useMay } from "../session/session";
import type { ChangeSearch } from "./DeviceToolbar";
import { type DeviceSearch, noFilters } from "./filter";

const ImportDialog = lazy(() =>
  loadPart(() => import("../serial-lists/ImportDialog")).then((module) => ({ default: module.ImportDialog })),
);

const icon = { "aria-hidden": true, className: "size-4 shrink-0", strokeWidth: 1.75 } as const;

/** Narrows the list to devices whose serial numbers somebody pastes or has in a file, and lets go of them again. */
export function ImportButton({ search, onChange }: { search: DeviceSearch; onChange: ChangeSearch }) {
  const may = useMay("OPERATOR");
  const [open, setOpen] = useState(false);
  const show = (list: string) => {
    setOpen(false);
    onChange({ ...noFilters, list });
  };
  return (
    <>
      {search.list && (
        <Button onClick={() => onChange({ list: undefined })} aria-label="Remove the filter by an imported list">
          <span className="font-normal text-fg-3">Serials</span> Imported list
          <X {...icon} />
        </Button>
      )}
      {may && (
        <IconButton
          variant="secondary"
          label="Find devices by a list of serial numbers"
          icon={<ListPlus {...icon} />}
          onClick={() => setOpen(true)}
        />
      )}
      {open && (
        <Suspense>
          <ImportDialog onClose={() => setOpen(false)} onShow={show} />
        </Suspense>
      )}
    </>
  );
}
