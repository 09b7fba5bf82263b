/** The look of a link that stands alone. Its target is 24 px high or more, on a phone 44 px. */
export const textLink =
  "relative rounded-badge py-0.5 text-accent-fg hover:underline max-sm:after:absolute max-sm:after:-inset-x-2 max-sm:after:-inset-y-2.5";
