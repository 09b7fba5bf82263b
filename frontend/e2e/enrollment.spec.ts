import { expect, test } from "./test";

test("devices of the demo become Enrolled before one's eyes", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto("/");
  const loadedAt = await page.evaluate(() => performance.timeOrigin);
  const tile = page.getByRole("list", { name: "The fleet in numbers" }).getByRole("link", { name: /^Enrolled/ });
  const bar = page.getByRole("progressbar", { name: "Enrolled" });
  const enrolled = async () => Number(await bar.getAttribute("aria-valuenow"));
  await expect(bar).toBeVisible();
  const before = await enrolled();
  await expect.poll(enrolled, { timeout: 120_000 }).toBeGreaterThan(before);

  // The tile leads to the list that it counts, which grows by itself as well.
  await tile.click();
  await expect(page).toHaveURL(/enrollment=ENROLLED/);
  const row = page.getByRole("row").filter({ hasText: "Enrolled" }).first();
  await expect(row).toBeVisible();
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(loadedAt);

  await test.step("one of them tells what it did", async () => {
    await row.getByRole("gridcell").nth(1).click();
    const section = page.getByRole("region", { name: "Enrollment", exact: true });
    await expect(section.getByText("Profile fetched")).toBeVisible();
    await expect(section.getByText("Expires", { exact: false })).toBeVisible();
    await expect(section.getByRole("region", { name: "Commands" }).getByText("DeviceInformation")).toBeVisible();
    await expect(page.getByRole("region", { name: "Timeline" }).getByText("Began to enroll")).toBeVisible();
  });
});

test("the page of the MDM server says whom it believes, and how devices are called @everywhere", async ({ page }) => {
  await page.goto("/settings/mdm");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("MDM server");
  const push = page.getByRole("region", { name: "Push certificate" });
  await expect(push.getByText("Active")).toBeVisible();
  await expect(page.getByRole("region", { name: "Device authorities" }).getByText("Apple's own")).toBeVisible();
  await push.getByRole("button", { name: "Renew" }).click();
  await expect(page).toHaveURL(/push=renew/);
  await expect(page.getByRole("button", { name: "Make a request" })).toBeVisible();
});
