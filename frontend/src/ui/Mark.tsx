/** The product's mark, 40 px unless told otherwise. The name stands beside it, so it says nothing of its own. */
export function Mark({ className = "size-10 shrink-0" }: { className?: string }) {
  return (
    <svg aria-hidden="true" className={`${className} text-on-ink`} viewBox="0 0 40 40">
      <rect className="fill-ink" width="40" height="40" rx="9" />
      <g fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round">
        <path d="M20 8l10 4v7c0 6.5-4 11-10 13.5C14 30 10 25.5 10 19v-7z" />
        <path d="M15.5 20l3.2 3.2 6-6.4" />
      </g>
    </svg>
  );
}
