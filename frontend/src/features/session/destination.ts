/**
 * Where to go after the sign-in: `next`, if it is a path of this site. Any other address would let a link to the sign-in page
 * lead people to a page that only looks like this one.
 */
export function destination(next: string | undefined, origin: string): string {
  if (!next?.startsWith("/") || !URL.canParse(next, origin)) return "/";
  const url = new URL(next, origin);
  // The whole address, since a path alone can begin with "//": the browser would take what follows for a host.
  return url.origin === origin ? url.href : "/";
}
