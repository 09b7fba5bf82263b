import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { ask, expect, test } from "./test";

const shot = (page: Page, what: string, project: string) =>
  page.screenshot({ path: `test-results/screens/commands-${what}-${project.replace(" ", "-")}.png` });

test("a command goes to a device, which answers @everywhere", async ({ page, request }, { project }) => {
  test.setTimeout(180_000);
  // Devices of the demo enroll one after the other.
  const first = async () => {
    const { devices } = await ask<{
      devices: { nodes: { serialNumber: string; enrollment: { takesCommands: boolean } }[] };
    }>(
      request,
      "{ devices(first: 20, where: {enrollmentStatus: ENROLLED}) { nodes { serialNumber enrollment { takesCommands awaitingConfiguration } } } }",
    );
    return devices.nodes.find(({ enrollment }) => enrollment.takesCommands)?.serialNumber;
  };
  await expect.poll(first, { timeout: 120_000 }).toBeTruthy();
  const serial = await first();
  await page.goto(`/devices/${serial}`);
  const commands = page.getByRole("region", { name: "Commands" });
  await commands.getByRole("button", { name: "Send command" }).click();
  await expect(page.getByRole("menuitem", { name: "Erase" })).toBeVisible();
  await shot(page, "menu", project.name);
  await page.getByRole("menuitem", { name: "List profiles" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("list", { name: "Which devices" })).toBeVisible();
  await shot(page, "dialog", project.name);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await dialog.getByRole("button", { name: "List profiles" }).click();
  await expect(dialog.getByText("1 of 1 device")).toBeVisible({ timeout: 60_000 });
  await shot(page, "sent", project.name);
  await dialog.getByRole("link", { name: "Show each device" }).click();
  await expect(page).toHaveURL(/\/commands\/cmb_/);
  await expect(page.getByText("Finished", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(serial ?? "").first()).toBeVisible();
  await shot(page, "batch", project.name);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.goto("/commands");
  await expect(page.getByText("Profiles listed").first()).toBeVisible();
  await shot(page, "list", project.name);

  await test.step("the device's page shows it, with the answer", async () => {
    await page.goto(`/devices/${serial}`);
    await expect(commands.getByText("ProfileList").first()).toBeVisible();
    await commands.getByRole("button", { name: "Show the answer" }).first().click();
    await expect(page.getByRole("dialog").getByText("com.guardmdm.enrollment")).toBeVisible();
    await shot(page, "answer", project.name);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
    await expect(page.getByText("Command done").first()).toBeVisible();
    await commands.scrollIntoViewIfNeeded();
    await shot(page, "device", project.name);
  });
});

test("an erase has the number typed, and is the administrators' @everywhere", async ({ page, request }, {
  project,
}) => {
  test.setTimeout(180_000);
  const enrolled = async () =>
    (
      await ask<{ devices: { totalCount: number } }>(
        request,
        "{ devices(first: 0, where: {enrollmentStatus: ENROLLED}) { totalCount } }",
      )
    ).devices.totalCount;
  await expect.poll(enrolled, { timeout: 120_000 }).toBeGreaterThan(0);
  const { devices } = await ask<{ devices: { nodes: { serialNumber: string }[] } }>(
    request,
    "{ devices(first: 1, where: {enrollmentStatus: ENROLLED}) { nodes { serialNumber } } }",
  );
  await page.goto(`/devices/${devices.nodes[0]?.serialNumber}`);
  await page.getByRole("region", { name: "Commands" }).getByRole("button", { name: "Send command" }).click();
  await page.getByRole("menuitem", { name: "Erase" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("This cannot be undone")).toBeVisible();
  await expect(dialog.getByLabel(`Type ${devices.nodes[0]?.serialNumber} to confirm`)).toBeVisible();
  await shot(page, "erase", project.name);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await dialog.getByRole("button", { name: "Cancel" }).click();
});
