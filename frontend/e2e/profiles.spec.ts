import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./test";

test("an administrator makes a profile, publishes it, and gives it to all Macs", async ({ page }) => {
  test.setTimeout(120_000); // a way of many steps, on a machine that may be busy
  await page.goto("/profiles");
  await page.getByRole("button", { name: "New profile" }).first().click();
  const creation = page.getByRole("dialog", { name: "New ADE profile" });
  await creation.getByLabel("Profile name").fill("Mac Standard");
  await creation.getByRole("checkbox", { name: "macOS" }).check();
  await creation.getByRole("button", { name: "Create profile" }).click();

  // Edits wait in the page, then in a draft.
  await expect(page.getByRole("heading", { level: 1, name: "Mac Standard" })).toBeVisible();
  await page.getByRole("switch", { name: "Lock MDM" }).check();
  await page.getByLabel("Department").fill("IT Service");
  await expect(page.getByText("Not saved, not published yet")).toBeVisible();
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByText("Draft, not published yet")).toBeVisible();
  await page.getByRole("link", { name: "Setup Assistant" }).click();
  await expect(page.getByRole("list", { name: "Panes of Mac" })).toBeVisible();
  await page.getByRole("button", { name: "Skip all" }).click();
  await expect(page.getByRole("radio", { name: "Shown 0" })).toBeVisible();
  await page.getByRole("checkbox", { name: "FileVault Skipped" }).press("Space");
  await expect(page.getByRole("radio", { name: "Shown 1" })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.getByRole("button", { name: "Publish" }).click();
  const publication = page.getByRole("dialog", { name: "Publish Mac Standard v1" });
  await publication.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("dialog", { name: "Published Mac Standard v1" }).getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("No changes")).toBeVisible();
  await page.getByRole("radio", { name: "JSON" }).click();
  await expect(page.getByText('"is_mdm_removable": false,')).toBeVisible();

  // The demo's organization has Macs without a profile: they wait, until the default says what they get.
  await page.goto("/defaults");
  const cell = page.getByRole("button", { name: /^Mac, Halden Schools:/ });
  await expect(cell).toContainText(/devices? waits?/);
  await cell.click();
  const choice = page.getByRole("dialog", { name: "Choose the macOS default of Halden Schools" });
  await choice.getByRole("radio", { name: "Mac Standard" }).check();
  await expect(choice.getByText(/gets? Mac Standard in place of no profile/)).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await choice.getByRole("button", { name: "Set default" }).click();
  const progress = page.getByRole("dialog", { name: "Set the macOS default of Halden Schools" });
  await expect(progress.getByText("Finished", { exact: true })).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press("Escape");
  await expect(cell).toContainText("Mac Standard");

  // Where it is used, and what happens when it goes.
  await page.goto("/profiles");
  await page.getByRole("link", { name: "Mac Standard" }).click();
  await page.getByRole("link", { name: "Use", exact: true }).click();
  await expect(page.getByText("macOS of Halden Schools")).toBeVisible();
  await expect(page.getByText("Defined", { exact: true })).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "More for Mac Standard" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const deletion = page.getByRole("dialog", { name: "Delete Mac Standard" });
  await expect(deletion.getByText("OS default: macOS of Halden Schools")).toBeVisible();
  await deletion.getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/profiles$/);
  await page.goto("/defaults");
  await expect(cell).toContainText(/devices? waits?/);
});
