import { pages } from "./pages";
import { expect, type Role, test } from "./test";

// Where a role may not go: it is told so, by the same state on every page.
const closed: Readonly<Partial<Record<Role, readonly string[]>>> = {
  viewer: ["/groups/new?kind=smart", "/settings/abm/abm_1/renew"],
  operator: ["/settings/abm/abm_1/renew"],
};

for (const role of ["viewer", "operator"] as const) {
  test.describe(role, () => {
    test.use({ role });
    test(`every page opens for the role ${role}, and says where it may not go`, async ({ page }) => {
      test.setTimeout(180_000);
      for (const { path } of pages) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
        await expect(page.getByText("Live", { exact: true }), path).toBeVisible();
        await expect(page.getByText("Loading", { exact: true }), path).toHaveCount(0);
        const lock = page.locator("main svg.lucide-lock");
        if (closed[role]?.includes(path)) await expect(lock, path).toBeVisible();
        else await expect(lock, path).toHaveCount(0);
        // No error: the ones about things that are not there are no alerts.
        await expect(page.locator("main [role=alert]"), path).toHaveCount(0);
      }
    });
  });
}

const failure = {
  data: null,
  errors: [{ message: "It broke.", extensions: { code: "INTERNAL", requestId: "req_1" } }],
};

test("on every page a failing server has its error, which can be tried again", async ({ page }) => {
  test.setTimeout(240_000);
  for (const { path, standsAlone } of pages) {
    if (standsAlone) continue;
    let failing = true;
    await page.route("/graphql", (route) => {
      const asksInstance = route.request().postData()?.includes('"operationName":"Instance"');
      if (!failing || asksInstance || route.request().method() !== "POST") return route.continue();
      return route.fulfill({ json: failure });
    });
    await page.goto(path);
    const again = page.locator("main").getByRole("button", { name: "Try again" }).first();
    await expect(again, path).toBeVisible();
    failing = false;
    // One button may mend several parts of a page, so the next may be gone before it is pressed.
    await expect(async () => {
      if ((await again.count()) > 0) await again.click({ timeout: 2_000 }).catch(() => {});
      await expect(again, path).toHaveCount(0, { timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    await page.unroute("/graphql");
  }
});

test("on every page a slow server has its place kept, and nothing says that there is nothing", async ({ page }) => {
  test.setTimeout(240_000);
  for (const { path } of pages) {
    await page.route("/graphql", async (route) => {
      if (!route.request().postData()?.includes('"operationName":"Instance"'))
        await new Promise((done) => setTimeout(done, 1_500));
      await route.continue().catch(() => {}); // the page has gone on
    });
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
    await page.waitForTimeout(300);
    await expect(page.getByText(/^(No .* yet|Nothing is wrong|There is no such)/), path).toHaveCount(0);
    await page.unroute("/graphql");
  }
});
