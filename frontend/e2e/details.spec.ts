import { readFile } from "node:fs/promises";
import type { APIRequestContext } from "@playwright/test";
import { look } from "./look";
import { ask, expect, test } from "./test";

type Tokens = { abmTokens: { nodes: { id: string; name: string; state: string }[] } };

/** An organization whose exchange was begun and not ended; the first test to ask begins it. */
async function waitingToken(request: APIRequestContext): Promise<string> {
  const { abmTokens } = await ask<Tokens>(request, "{ abmTokens(first: 200) { nodes { id name state } } }");
  const waiting = abmTokens.nodes.find(({ state }) => state === "AWAITING_SERVER_TOKEN");
  if (waiting) return waiting.id;
  const { generateABMToken } = await ask<{ generateABMToken: { abmToken: { id: string } } }>(
    request,
    `mutation { generateABMToken(input: { name: "Corvus Retail" }) { abmToken { id } } }`,
  );
  return generateABMToken.abmToken.id;
}

test("the steps of an organization that is being connected @everywhere", async ({ page, request }) => {
  const id = await waitingToken(request);
  for (const [step, heading] of [
    ["", "Generate the token key"],
    ["?step=2", /Upload the public key/],
    ["?step=3", /Download the server token/],
    ["?step=4", "Upload the token here"],
  ] as const) {
    await page.goto(`/settings/abm/${id}/connect${step}`);
    await expect(page.getByRole("heading", { level: 2, name: heading })).toBeVisible();
    await look(page, `connect${step.slice(-1)}`);
  }
});

test("a file that is no server token is refused with the reason, and nothing changes @everywhere", async ({
  page,
  request,
}) => {
  const id = await waitingToken(request);
  await page.goto(`/settings/abm/${id}/connect?step=4`);
  await page.locator('input[type="file"]').setInputFiles({
    name: "holiday.p7m",
    mimeType: "application/pkcs7-mime",
    buffer: Buffer.from("these are no holiday pictures"),
  });
  await expect(page.getByText("refused, nothing was changed")).toBeVisible();
  await look(page, "refused");
  await expect.poll(() => waitingToken(request)).toBe(id);
});

test("a renewal, and a device's facts @everywhere", async ({ page, request }) => {
  const { abmTokens } = await ask<Tokens>(request, "{ abmTokens(first: 200) { nodes { id name state } } }");
  const active = abmTokens.nodes.find(({ state }) => state === "ACTIVE");
  await page.goto(`/settings/abm/${active?.id}/renew`);
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  await look(page, "renew");

  const { devices } = await ask<{ devices: { nodes: { serialNumber: string }[] } }>(
    request,
    "{ devices(first: 1) { nodes { serialNumber } } }",
  );
  const serial = devices.nodes[0]?.serialNumber ?? "";
  await page.goto(`/devices?device=${serial}`);
  await expect(page.getByText("Asset tag").filter({ visible: true }).first()).toBeVisible();
  await look(page, "device");
});

test("what to do with a new server @everywhere", async ({ page }) => {
  await page.goto("/setup/start");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("How do you want to start");
  await look(page, "setup-start");
});

test("what the list shows can be saved as a file", async ({ page }) => {
  await page.goto("/devices?platform=MACOS");
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^devices-\d{4}-\d{2}-\d{2}\.csv$/);
  const [head, ...rows] = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  expect(head).toMatch(/^serialNumber,model,platform,/);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter((row) => !row.includes(",MACOS,"))).toEqual([]);
});
