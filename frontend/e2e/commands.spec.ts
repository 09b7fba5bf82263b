import { look } from "./look";
import { ask, expect, test } from "./test";

test("a command goes to a device, which answers @everywhere", async ({ page, request }) => {
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
  await look(page, "commands-menu");
  await page.getByRole("menuitem", { name: "List profiles" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("list", { name: "Which devices" })).toBeVisible();
  await look(page, "commands-dialog");
  await dialog.getByRole("button", { name: "List profiles" }).click();
  await expect(dialog.getByText("1 of 1 device")).toBeVisible({ timeout: 60_000 });
  await look(page, "commands-sent");
  await dialog.getByRole("link", { name: "Show each device" }).click();
  await expect(page).toHaveURL(/\/commands\/cmb_/);
  await expect(page.getByText("Finished", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(serial ?? "").first()).toBeVisible();
  await look(page, "commands-batch");
  await page.goto("/commands");
  await expect(page.getByRole("main").getByText("List profiles").first()).toBeVisible();
  await look(page, "commands-list");

  await test.step("the device's page shows it, with the answer", async () => {
    await page.goto(`/devices/${serial}`);
    await expect(commands.getByText("ProfileList").first()).toBeVisible();
    await commands.getByRole("button", { name: "Show the answer" }).first().click();
    await expect(page.getByRole("dialog").getByText("com.guardmdm.enrollment")).toBeVisible();
    await look(page, "commands-answer");
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
    await expect(page.getByText("Command done").first()).toBeVisible();
    await commands.scrollIntoViewIfNeeded();
    await look(page, "commands-device");
  });
});

test("an erase has the number typed, and is the administrators' @everywhere", async ({ page, request }) => {
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
  await look(page, "commands-erase");
  await dialog.getByRole("button", { name: "Cancel" }).click();
});
