import { expect, test } from "vitest";
import { builtInViews, nameFlaw, parseViews, shows, viewSearchOf } from "./views";

test.each([null, "", "{", "7", '[7, null, {}, {"id":"v1"}]'])("what is stored and no views is none: %j", (text) => {
  expect(parseViews(text)).toEqual([]);
});

test("of what is stored, only what a view keeps is taken", () => {
  const stored = JSON.stringify([
    { id: "v1", name: "Macs", search: { platform: "MACOS", device: "C02", status: 7, cols: "model" } },
  ]);
  expect(parseViews(stored)).toEqual([{ id: "v1", name: "Macs", search: { platform: "MACOS", cols: "model" } }]);
});

test("a page shows a view when filters, order and columns are the same", () => {
  const search = { platform: "MACOS", org: "abm_1", device: "C02", view: "v1" };
  expect(viewSearchOf(search)).toEqual({ platform: "MACOS", org: "abm_1" });
  expect(shows({ platform: "MACOS" }, search)).toBe(true); // of whichever organization
  expect(shows({ platform: "MACOS", org: "abm_2" }, search)).toBe(false);
  expect(shows({ platform: "MACOS", sort: "serial" }, search)).toBe(false);
});

test("a name is given, short, and nobody else's", () => {
  const views = [{ id: "v1", name: "Macs", search: {} }];
  expect(nameFlaw("  ", views)).toBe("Give the view a name.");
  expect(nameFlaw("macs", views)).toBe("There is a view macs already.");
  expect(nameFlaw(builtInViews[0]?.name ?? "", views)).toBe("There is a view All devices already.");
  expect(nameFlaw("Macs", views, "v1")).toBeUndefined();
  expect(nameFlaw("M".repeat(41), views)).toBe("A name has at most 40 characters.");
});
