import { expect, test } from "./test";

test("assets are compressed and cached for ever, the page is asked for again", async ({ page }) => {
  const responses: { url: URL; headers: Record<string, string> }[] = [];
  page.on("response", (response) => {
    responses.push({ url: new URL(response.url()), headers: response.headers() });
  });
  await page.goto("/");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();

  const index = responses.find(({ url }) => url.pathname === "/");
  expect(index?.headers["cache-control"]).toBe("no-cache");
  expect(index?.headers["content-security-policy"]).toContain("default-src 'none'");

  const assets = responses.filter(({ url }) => url.pathname.startsWith("/assets/"));
  expect(assets.map(({ url }) => url.pathname.split(".").pop())).toEqual(
    expect.arrayContaining(["js", "css", "woff2"]),
  );
  for (const { url, headers } of assets) {
    expect(headers["cache-control"], url.pathname).toBe("public, max-age=31536000, immutable");
    if (!url.pathname.endsWith(".woff2") && Number(headers["content-length"]) > 1_000) {
      // Browsers offer brotli over https and on localhost. The smallest files are not made smaller by it.
      expect(headers["content-encoding"], url.pathname).toMatch(/^(br|gzip)$/);
    }
  }
  // Everything came from the server itself.
  expect(new Set(responses.map(({ url }) => url.origin)).size).toBe(1);
});

test("any page of the dashboard's own is served, API paths are not", async ({ page, request }) => {
  await page.goto("/devices?q=C02X");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("ABM devices");
  expect((await request.get("/enroll/nothing")).status()).toBe(404);
});
