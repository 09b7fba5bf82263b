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

test("a command goes to selected devices, and again to those that failed", async ({ page, request }) => {
  test.setTimeout(400_000);
  const taking = async () => {
    const { devices } = await ask<{
      devices: { nodes: { serialNumber: string; enrollment: { awaitingConfiguration: boolean } }[] };
    }>(
      request,
      "{ devices(first: 50, orderBy: {field: ADDED_AT, direction: DESC}, where: {enrollmentStatus: ENROLLED, enrolledWithOwnMdm: true}) { nodes { serialNumber enrollment { awaitingConfiguration } } } }",
    );
    return devices.nodes.filter(({ enrollment }) => !enrollment.awaitingConfiguration);
  };
  await expect.poll(async () => (await taking()).length, { timeout: 180_000 }).toBeGreaterThan(1);
  const [a, b] = (await taking()).map(({ serialNumber }) => serialNumber);

  await test.step("two devices are selected, and sent what they cannot do", async () => {
    await page.goto("/devices?enrollment=ENROLLED");
    await page.getByRole("checkbox", { name: `Select ${a}` }).check();
    await page.getByRole("checkbox", { name: `Select ${b}` }).check();
    const bar = page.getByRole("region", { name: "Selected devices" });
    await expect(bar.getByRole("status")).toHaveText("2 selected");
    await bar.getByRole("button", { name: "More for the selection" }).click();
    await page.getByRole("menuitem", { name: "Send command" }).click();
    const dialog = page.getByRole("dialog", { name: "Send a command to 2 devices" });
    await dialog.getByLabel("Command").selectOption("Remove profile");
    await dialog.getByLabel("Identifier").fill("com.example.none");
    await expect(dialog.getByRole("list", { name: "Which devices" })).toHaveText(/2\s*are enrolled/);
    await dialog.getByRole("button", { name: "Remove profile" }).click();
    const sent = page.getByRole("dialog", { name: "Remove profile: how it goes on" });
    await expect(sent.getByText("2 failed", { exact: true })).toBeVisible({ timeout: 120_000 });
    await sent.getByRole("link", { name: "Show each device" }).click();
  });

  await test.step("its page sends it again to both", async () => {
    await expect(page.getByText("There is no profile").first()).toBeVisible();
    const devices = page.getByRole("table", { name: "Devices of the command" });
    await expect(devices.getByText("Failed")).toHaveCount(2, { timeout: 30_000 });
    await page.getByRole("button", { name: "Send again" }).click();
    const dialog = page.getByRole("dialog", { name: "Remove profile: again to 2 devices" });
    await expect(dialog.getByText("failed, and will get it again")).toBeVisible();
    await look(page, "commands-again");
    const batch = page.url().split("/").pop();
    const attempts = async () =>
      (
        await ask<{ mdmCommands: { nodes: { attempts: number }[] } }>(
          request,
          "query ($b: ID) { mdmCommands(commandBatchId: $b) { nodes { attempts } } }",
          { b: batch },
        )
      ).mdmCommands.nodes.map((command) => command.attempts);
    const before = await attempts(); // one that was busy got it twice
    await dialog.getByRole("button", { name: "Send again" }).click();
    await expect(dialog).toHaveCount(0);
    await expect
      .poll(async () => (await attempts()).every((count, place) => count > (before[place] ?? 0)), { timeout: 60_000 })
      .toBe(true);
    await expect(devices.getByText("Failed")).toHaveCount(2, { timeout: 120_000 });
  });

  await test.step("the device's history and the audit log have both", async () => {
    await page.goto(`/devices/${a}`);
    await expect(page.getByText("Command failed")).toHaveCount(2);
    await page.goto("/settings/audit");
    await expect(page.getByRole("table").getByText("Sent a command again").first()).toBeVisible();
  });
});
