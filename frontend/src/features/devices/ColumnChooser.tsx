import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import { Button } from "../../ui/Button";
import { Checkbox } from "../../ui/Checkbox";
import { IconButton } from "../../ui/IconButton";
import { Popover } from "../../ui/Popover";
import { type ColumnId, colsOf, columnIds, columnNames, moved } from "./columnChoice";

type ColumnChooserProps = {
  /** The columns that are shown, in their order. */
  ids: readonly ColumnId[];
  usual: readonly ColumnId[];
  /** The choice for the URL; undefined for the usual columns. */
  onChange: (cols: string | undefined) => void;
};

/** Which columns the table has, and in which order. The serial number always comes first. */
export function ColumnChooser({ ids, usual, onChange }: ColumnChooserProps) {
  const choose = (next: readonly ColumnId[]) => onChange(colsOf(next, usual));
  return (
    <Popover
      title="Columns"
      align="end"
      trigger={
        <Button size="small" variant="ghost" icon={<Columns3 aria-hidden className="size-4" strokeWidth={1.75} />}>
          Columns
        </Button>
      }
    >
      <p className="text-fg-3 text-hint">The serial number stands first. The address keeps the choice.</p>
      <ul className="grid">
        {[...ids, ...columnIds.filter((id) => !ids.includes(id))].map((id) => {
          const place = ids.indexOf(id);
          const name = columnNames[id];
          return (
            <li key={id} className="flex min-h-8 items-center justify-between gap-2">
              <Checkbox
                label={name}
                checked={place >= 0}
                onCheckedChange={(checked) => choose(checked ? [...ids, id] : ids.filter((other) => other !== id))}
              />
              {place >= 0 && (
                <span className="flex">
                  <IconButton
                    size="tiny"
                    label={`Move ${name} to the left`}
                    icon={<ArrowUp aria-hidden className="size-3.5" strokeWidth={1.75} />}
                    disabledReason={place === 0 ? "It is the first one" : undefined}
                    onClick={() => choose(moved(ids, id, -1))}
                  />
                  <IconButton
                    size="tiny"
                    label={`Move ${name} to the right`}
                    icon={<ArrowDown aria-hidden className="size-3.5" strokeWidth={1.75} />}
                    disabledReason={place === ids.length - 1 ? "It is the last one" : undefined}
                    onClick={() => choose(moved(ids, id, 1))}
                  />
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <Button
        size="small"
        variant="ghost"
        disabledReason={colsOf(ids, usual) === undefined ? "These are the usual columns" : undefined}
        onClick={() => choose(usual)}
      >
        Usual columns
      </Button>
    </Popover>
  );
}
