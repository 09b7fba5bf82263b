export type PageHeadingProps = {
  title: string;
  /** One sentence: what the page is for. */
  children?: React.ReactNode;
  action?: React.ReactNode;
  /** 1 where no bar above names the page. */
  level?: 1 | 2;
};

/** The title above the content of a settings page. */
export function PageHeading({ title, children, action, level = 2 }: PageHeadingProps) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
      <div className="min-w-0 max-w-2xl">
        <Heading className="text-page">{title}</Heading>
        {children && <p className="text-pretty text-fg-2">{children}</p>}
      </div>
      {action && <div className="flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}
