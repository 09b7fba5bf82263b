// One locale for the whole page: its words are English, so its numbers are too.
const integers = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A count, exact and grouped: "48,216". */
export function formatCount(count: number): string {
  return integers.format(count);
}

/** A count with its noun: "1 device", "9,316 devices". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A part of 1 as a percentage: "94.2%". Only all is "100%", and only nothing is "0%". */
export function formatPercent(fraction: number): string {
  if (fraction <= 0 || fraction >= 1) {
    return `${integers.format(fraction * 100)}%`;
  }
  return `${tenths.format(Math.min(Math.max(fraction * 100, 0.1), 99.9))}%`;
}

/** How many a second: "1,239/s". */
export function formatRate(perSecond: number): string {
  return `${formatCount(perSecond)}/s`;
}

const byteUnits = ["KB", "MB", "GB", "TB"];

/** A size in units of 1000: "512 bytes", "4.2 KB", "18 MB". */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit: string | undefined;
  for (const larger of byteUnits) {
    // 999.5 would be written as 1,000
    if (size < (unit ? 999.5 : 1000)) {
      break;
    }
    size /= 1000;
    unit = larger;
  }
  if (!unit) {
    return plural(bytes, "byte");
  }
  // 9.95 would be written as 10.0
  return `${(size < 9.95 ? tenths : integers).format(size)} ${unit}`;
}

/** A change with its sign: "+214", "−6" with a true minus, "0". */
export function signed(change: number): string {
  if (change === 0) {
    return "0";
  }
  return `${change > 0 ? "+" : "−"}${formatCount(Math.abs(change))}`;
}
