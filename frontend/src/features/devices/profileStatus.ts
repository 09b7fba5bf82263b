const profileStatuses: Readonly<Record<string, string>> = {
  empty: "Not assigned",
  assigned: "Assigned",
  pushed: "Pushed",
  removed: "Removed",
};

/** Apple's profile_status in plain words; undefined for one that is not known. */
export function profileStatusWord(status: string): string | undefined {
  return Object.hasOwn(profileStatuses, status) ? profileStatuses[status] : undefined;
}
