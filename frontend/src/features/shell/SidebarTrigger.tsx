import { Tooltip } from "../../ui/Tooltip";

type SidebarTriggerProps = React.ComponentProps<"button"> & {
  /** Its name, where the sidebar keeps to icons. */
  tooltip: string | undefined;
};

/** A button of the sidebar that opens a menu. */
export function SidebarTrigger({ tooltip, ...props }: SidebarTriggerProps) {
  return (
    <Tooltip content={tooltip} side="right">
      <button type="button" {...props} />
    </Tooltip>
  );
}
