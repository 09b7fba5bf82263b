import { expect, test } from "./test";

test("says so when the server is gone, with the age of its data, and recovers by itself", async ({
  page,
  context,
  complaints,
}) => {
  await page.goto("/");
  await expect(page.getByRole("status")).toHaveText("Live and ready");
  await context.setOffline(true);
  await expect(page.getByRole("status")).toHaveText("Not live", { timeout: 15_000 });
  await expect(page.getByText(/Data from \d\d:\d\d:\d\d, \d+ s old/)).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole("status")).toHaveText("Live and ready", { timeout: 15_000 });
  // The browser reports each request that failed; those are the subject of this test.
  expect(complaints.filter((line) => !line.includes("net::ERR_INTERNET_DISCONNECTED"))).toEqual([]);
  complaints.length = 0;
});
