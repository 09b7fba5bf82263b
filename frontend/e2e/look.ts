import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/**
 * Looks at what is on screen, in both themes: a picture of each, no violation of accessibility, nothing wider than its place. What the
 * themes do not share is contrast, so all rules are asked in the one and contrast alone in the other.
 */
export async function look(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  const kind = (size?.width ?? 0) < 640 ? "phone" : "desktop";
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await settled(page);
    await page.screenshot({ path: `test-results/screens/${name}-${kind}-${colorScheme}.png` });
    expect(await violations(page, colorScheme === "dark"), `${name}, ${colorScheme}`).toEqual([]);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size?.width ?? 0);
}

/** What axe finds, one line each. */
async function violations(page: Page, contrastAlone: boolean): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(); // there are no frames of other origins
  if (contrastAlone) axe.withRules(["color-contrast"]);
  // An open menu is in no landmark: it belongs to its button, and goes with the next key.
  else if ((await page.getByRole("menu").count()) > 0) axe.disableRules(["region"]);
  // A tab of GraphiQL is its own button, and the one to close it.
  axe.exclude(".graphiql-tab");
  const found = (await axe.analyze()).violations;
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
  );
}

/** Brings transitions to their end: colours on the way are no theme's. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY) animation.finish();
    }
  });
}

/** What is wider than its place: the page, or a part of it that scrolls. */
export function scrolledSideways(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll("*")]
      .filter(
        (element) => element === document.documentElement || /auto|scroll/.test(getComputedStyle(element).overflowX),
      )
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => `${element.tagName} ${element.className}: ${element.scrollWidth} > ${element.clientWidth}`),
  );
}
