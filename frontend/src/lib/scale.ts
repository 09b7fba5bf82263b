/** Round values from the least to the most, or a little beyond: where a chart draws its lines. Zero is among them. */
export function ticks(least: number, most: number, about = 5): number[] {
  const low = Math.min(0, least);
  const high = Math.max(0, most);
  const step = roundStep((high - low) / about);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, place) => (first + place) * step);
}

/** The next of 1, 2, 5, 10, 20, 50 … : there is no half of a device. */
function roundStep(step: number): number {
  if (step <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(step));
  const part = step / power;
  return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
}

const units = [
  [1_000_000, "M"],
  [1_000, "k"],
] as const;

/** A count beside an axis, where alone it may be short: "50k", "1.5M", "−20". */
export function axisCount(count: number): string {
  const [unit, name] = units.find(([least]) => Math.abs(count) >= least) ?? [1, ""];
  return `${count < 0 ? "−" : ""}${Math.abs(count) / unit}${name}`;
}
