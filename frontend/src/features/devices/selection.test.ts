import { expect, test } from "vitest";
import {
  changeInput,
  isSelected,
  mostIds,
  nothing,
  selectionInput,
  selectionWhere,
  sizeOf,
  tooMany,
  withDevices,
} from "./selection";

const all = { where: { platformIn: ["MACOS" as const] }, matching: 12_483, except: new Set<string>() };

test("devices are picked and dropped one by one", () => {
  const two = withDevices(nothing, ["a", "b"], true);
  expect([sizeOf(two), isSelected(two, "a"), isSelected(two, "c")]).toEqual([2, true, false]);
  const one = withDevices(two, ["a"], false);
  expect(selectionInput(one)).toEqual({ deviceIds: ["b"] });
  expect(changeInput(one, 1)).toEqual({ deviceIds: ["b"] });
});

test("of all that match, some can be left out; the server is told of how many were seen to match", () => {
  expect(isSelected(all, "any")).toBe(true);
  const most = withDevices(all, ["a", "b"], false);
  expect([sizeOf(most), isSelected(most, "a"), isSelected(most, "c")]).toEqual([12_481, false, true]);
  expect(selectionInput(most)).toEqual({ where: all.where, exceptIds: ["a", "b"] });
  expect(changeInput(most, 12_481)).toEqual({ where: all.where, exceptIds: ["a", "b"], expectedCount: 12_483 });
  expect(changeInput(withDevices(most, ["a", "b"], true), 12_483)).toEqual({ where: all.where, expectedCount: 12_483 });
});

test("more than the server takes one by one is refused before it is sent", () => {
  const ids = Array.from({ length: mostIds + 1 }, (_, n) => `d${n}`);
  expect(tooMany(withDevices(nothing, ids.slice(1), true))).toBeUndefined();
  expect(tooMany(withDevices(nothing, ids, true))).toMatch(/At most 1,000 devices/);
  expect(tooMany(withDevices(all, ids, false))).toMatch(/At most 1,000 devices/);
  expect(tooMany(all)).toBeUndefined();
});

test("a selection is a filter as well, in lists as long as the server takes them", () => {
  expect(selectionWhere(all)).toEqual(all.where);
  expect(selectionWhere({ ...all, except: new Set(["a"]) })).toEqual({ ...all.where, not: { idIn: ["a"] } });
  expect(selectionWhere({ ids: new Set(["a", "b"]) })).toEqual({ removedAtIsNil: true, idIn: ["a", "b"] });
  const many = selectionWhere({ ids: new Set(Array.from({ length: mostIds }, (_, id) => `dev_${id}`)) });
  expect(many.or?.map(({ idIn }) => idIn?.length)).toEqual([500, 500]);
});
