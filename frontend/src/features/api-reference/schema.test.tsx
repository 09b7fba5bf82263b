import { schema } from "virtual:schema";
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderWithApi } from "../../testing/fakeApi";
import { SchemaReference } from "./SchemaReference";
import { find, groups } from "./schema";

const typeOf = (name: string) => schema.find((type) => type.name === name);

test("every type, field, argument and value has its description", () => {
  expect(schema.length).toBeGreaterThan(150);
  const bare = schema.flatMap((type) => [
    ...(type.description === "" && !["query", "mutation", "subscription"].includes(type.kind) ? [type.name] : []),
    ...type.members.flatMap((member) => [
      ...(member.description === "" ? [`${type.name}.${member.name}`] : []),
      ...(member.args ?? [])
        .filter((arg) => arg.description === "")
        .map((arg) => `${type.name}.${member.name}(${arg.name})`),
    ]),
  ]);
  expect(bare).toEqual([]);
});

test("the list has every type once", () => {
  for (const type of schema) expect(groups.filter(({ has }) => has(type))).toHaveLength(1);
});

test("extensions belong to their type, and a field has its arguments, defaults and role", () => {
  const fleetDays = typeOf("Query")?.members.find(({ name }) => name === "fleetDays");
  expect(fleetDays).toMatchObject({ type: "[PlatformDay!]!", role: "VIEWER" });
  expect(fleetDays?.args).toContainEqual(expect.objectContaining({ name: "days", type: "Int!", default: "30" }));
  expect(typeOf("DeviceWhereInput")?.members.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["serialNumber", "assignmentStatus", "enrollmentStatus"]),
  );
  expect(typeOf("Platform")?.members.map(({ name }) => name)).toContain("VISIONOS");
});

test("the search finds names before descriptions, and says how much there is", () => {
  const { found, all } = find(schema, "fleetDa", 5);
  expect(found[0]).toMatchObject({ type: "Query", member: "fleetDays" });
  expect(all).toBeGreaterThanOrEqual(1);
  expect(find(schema, "device", 5).found).toHaveLength(5);
  expect(find(schema, "  ", 5)).toEqual({ found: [], all: 0 });
  expect(find(schema, "no such words at all", 5).all).toBe(0);
});

const show = (typeName: string | undefined, search = "") =>
  renderWithApi(<SchemaReference typeName={typeName} search={search} onSearch={() => {}} />);

test("a type has its parts, each with an anchor, and leads to the types of them", async () => {
  show("PlatformDay");
  const parts = within(await screen.findByRole("list", { name: "Parts of PlatformDay" }));
  expect(parts.getByText("The beginning of the day (UTC).")).toBeVisible();
  expect(parts.getByRole("link", { name: "startsAt" })).toHaveAttribute(
    "href",
    "/settings/api/schema?type=PlatformDay#startsAt",
  );
  expect(parts.getByRole("link", { name: "Platform" })).toHaveAttribute("href", "/settings/api/schema?type=Platform");
});

test("what is not there is said, by name and by search", async () => {
  const { unmount } = show("Pigeon");
  expect(await screen.findByText("There is no type Pigeon")).toBeVisible();
  unmount();
  show(undefined, "no such words at all");
  expect(await screen.findByText("Nothing in the schema is named like that")).toBeVisible();
});
