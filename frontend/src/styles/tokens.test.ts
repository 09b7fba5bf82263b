import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

// The design's promise: text 4.5:1 on every surface it stands on, icons, control lines and focus 3:1, in both themes.

const css = readFileSync("src/styles/tokens.css", "utf8");
const oklch = String.raw`oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`;

type Theme = "light" | "dark";

function luminance(token: string, theme: Theme): number {
  const match = new RegExp(String.raw`--${token}: light-dark\(${oklch}, ${oklch}\);`).exec(css);
  if (!match) {
    throw new Error(`no token ${token}`);
  }
  const [l = 0, c = 0, h = 0] = match.slice(...(theme === "light" ? [1, 4] : [4, 7])).map(Number);
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  // OKLab to linear sRGB (Ottosson), then WCAG's relative luminance.
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short;
  const green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short;
  const blue = -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short;
  const clip = (x: number) => Math.min(1, Math.max(0, x));
  return 0.2126 * clip(red) + 0.7152 * clip(green) + 0.0722 * clip(blue);
}

function contrast(one: string, other: string, theme: Theme): number {
  const [dark = 0, light = 0] = [luminance(one, theme), luminance(other, theme)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ["bg", "surface", "raised", "sunken", "hover"];
const tones = ["ok", "info", "warn", "bad", "muted", "violet", "teal"];

const text: [string, string][] = [
  ...["fg", "fg-2", "fg-3", "accent-fg"].flatMap((t) => surfaces.map((s): [string, string] => [t, s])),
  ...tones.flatMap((t): [string, string][] => [
    [`${t}-fg`, `${t}-soft`],
    [`${t}-fg`, "surface"],
  ]),
  ["on-ink", "ink"],
  ["on-bad", "bad"],
  ["fg", "accent-soft"],
  ["fg", "accent-soft-2"],
];
const shapes: [string, string][] = [
  ...tones.map((t): [string, string] => [t, "surface"]),
  ["border-control", "surface"],
  ["focus", "surface"],
  ["focus", "bg"],
];

describe.each(["light", "dark"] as const)("%s", (theme) => {
  test.each(text)("text %s on %s", (foreground, background) => {
    expect(contrast(foreground, background, theme)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(shapes)("shape %s on %s", (foreground, background) => {
    expect(contrast(foreground, background, theme)).toBeGreaterThanOrEqual(3);
  });
});
