import { Check, Minus } from "lucide-react";
import { use } from "react";
import type { Device } from "./device";
import { isSelected, sizeOf } from "./selection";
import { LoadedContext, SelectionContext } from "./useSelection";

/** Picks a device for the next action. From the row itself, X does the same. */
export function SelectBox({ device }: { device: Pick<Device, "id" | "serialNumber"> }) {
  const picked = use(SelectionContext);
  if (!picked) return null;
  const checked = isSelected(picked.selection, device.id);
  return (
    <Box
      label={`Select ${device.serialNumber}`}
      checked={checked}
      tabIndex={-1}
      onChange={() => picked.set([device.id], !checked)}
    />
  );
}

/** Picks all devices that are loaded, or drops them. */
export function SelectLoadedBox() {
  const picked = use(SelectionContext);
  const loaded = use(LoadedContext);
  if (!picked) return null;
  const { selection } = picked;
  const all = loaded.length > 0 && loaded.every((id) => isSelected(selection, id));
  return (
    <Box
      label="Select the loaded devices"
      checked={all}
      mixed={!all && sizeOf(selection) > 0}
      onChange={() => picked.set(loaded, !all)}
    />
  );
}

type BoxProps = {
  label: string;
  checked: boolean;
  mixed?: boolean;
  tabIndex?: number;
  onChange: () => void;
};

function Box({ label, checked, mixed = false, ...input }: BoxProps) {
  const Mark = mixed ? Minus : Check;
  return (
    <label className="relative mr-3 flex size-4 shrink-0 cursor-pointer before:absolute before:-inset-1 max-sm:before:-inset-3.5">
      <input
        {...input}
        ref={(element) => {
          if (element) element.indeterminate = mixed;
        }}
        type="checkbox"
        aria-label={label}
        checked={checked}
        className="peer relative size-4 cursor-pointer appearance-none rounded-badge border border-border-control bg-surface checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent forced-colors:appearance-auto"
      />
      <Mark
        aria-hidden
        className="pointer-events-none invisible absolute inset-0.5 size-3 text-surface peer-checked:visible peer-indeterminate:visible forced-colors:hidden"
        strokeWidth={3}
      />
    </label>
  );
}
