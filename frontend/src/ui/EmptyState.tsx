import { IconTile } from "./IconTile";

export type EmptyStateProps = {
  icon: React.ReactNode;
  title: string;
  /** One sentence: what will appear here, or which filter to drop. */
  children?: React.ReactNode;
  action?: React.ReactNode;
};

/** In place of content that does not exist. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] justify-items-center gap-3 px-4 py-10 text-center">
      <IconTile>{icon}</IconTile>
      <div className="grid max-w-md gap-1">
        <h2 className="text-crumb">{title}</h2>
        {children && <div className="text-balance text-fg-2">{children}</div>}
      </div>
      {action && <div className="flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
