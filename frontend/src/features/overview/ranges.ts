/** How far back the chart of the overview goes, by its word in the URL. */
export const ranges = {
  "7d": { days: 7, label: "Last 7 days" },
  "30d": { days: 30, label: "Last 30 days" },
  "90d": { days: 90, label: "Last 90 days" },
  "365d": { days: 365, label: "Last 365 days" },
} as const;

export const usualRange = "30d";

/** What is shown of them. */
export type Chart = "total" | "change" | "table";
