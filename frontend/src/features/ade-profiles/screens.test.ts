import { expect, test } from "vitest";
import type { Pane } from "./panes";
import { advancesAlone, screensOf } from "./screens";
import { systems } from "./systems";

// The server's own table: a pane that it learns has to find its place here.
const golden = import.meta.glob<{ setupAssistantPanes: Pane[] }>(
  "../../../../test/contract/testdata/golden/SetupAssistantPanes.json",
  { eager: true, import: "default" },
);
const panes = Object.values(golden)[0]?.setupAssistantPanes ?? [];
const settings = { skipSetupItems: [], autoAdvanceSetup: false, awaitDeviceConfigured: false };
const keys = (of: ReturnType<typeof screensOf>) => of.screens.map(({ key }) => key);

test.each(systems)("every pane of %s that is not out of use is shown once, in a place of its own", (system) => {
  const { screens, of } = screensOf(panes, system, settings);
  expect(screens.length).toBe(of);
  expect(new Set(keys({ screens, of })).size).toBe(of);
  const late = {
    key: "Brandnew",
    title: "New",
    description: "",
    availability: panes.find(({ key }) => key === "Siri")?.availability ?? [],
  };
  expect(keys(screensOf([...panes, late], system, settings)).at(-1)).toBe("Brandnew");
});

test("what is skipped is gone; what may come before the profile may still show; deprecated panes are never there", () => {
  const { screens } = screensOf(panes, "ios", { ...settings, skipSetupItems: ["Siri", "Keyboard", "Brandnew"] });
  expect(screens.map(({ key }) => key)).not.toContain("Siri");
  expect(screens.map(({ key }) => key)).not.toContain("HomeButtonSensitivity");
  expect(screens.find(({ key }) => key === "Keyboard")?.kind).toBe("maybe");
  expect(screens.find(({ key }) => key === "*management")?.kind).toBe("management");
});

test("a sign-in page and the wait for the configuration follow on the enrollment", () => {
  const order = keys(
    screensOf(panes, "macos", { ...settings, awaitDeviceConfigured: true, configurationWebUrl: "https://example.org" }),
  );
  const at = order.indexOf("*management");
  expect(order.slice(at, at + 3)).toEqual(["*management", "*signin", "*await"]);
});

test("Macs and Apple TVs advance by themselves, iPhones do not", () => {
  expect(systems.filter((system) => advancesAlone(system, { autoAdvanceSetup: true }))).toEqual(["macos", "tvos"]);
  expect(advancesAlone("macos", settings)).toBe(false);
});
