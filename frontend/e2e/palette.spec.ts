import AxeBuilder from "@axe-core/playwright";
import { ask, expect, test } from "./test";

test("Ctrl K leads to every page and to every device by the beginning of its serial number, to every profile by its name", async ({
  page,
  request,
}) => {
  const { devices, adeProfiles } = await ask<{
    devices: { nodes: { serialNumber: string }[] };
    adeProfiles: { nodes: { id: string; name: string }[] };
  }>(request, "{ devices(first: 1) { nodes { serialNumber } } adeProfiles(first: 1) { nodes { id name } } }");
  const profile = adeProfiles.nodes[0] ?? { id: "", name: "" };
  const serial = devices.nodes[0]?.serialNumber ?? "";
  await page.goto("/");
  await expect(page.getByText("Devices by platform").first()).toBeVisible();
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Serial number, name, page or command" });
  await expect(field).toBeFocused();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await field.fill(serial.slice(0, 6).toLowerCase());
  await expect(page.getByRole("option").first()).toContainText(serial.slice(0, 6));
  await page.screenshot({ path: "test-results/screens/palette.png" });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await field.fill(serial);
  await expect(page.getByRole("option").first()).toContainText(serial);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/devices/${serial}`));

  await page.keyboard.press("Control+k");
  await field.fill("troubl");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Troubleshooting");

  await page.keyboard.press("Control+k");
  await field.fill(profile.name.slice(1).toUpperCase());
  await expect(page.getByRole("option").first()).toHaveText(profile.name);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/profiles/${profile.id}`));

  await page.keyboard.press("Control+k");
  await field.fill("no such thing");
  await expect(page.getByText("Nothing begins with or is called").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(field).toHaveCount(0);
});
