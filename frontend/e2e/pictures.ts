import { writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { settled } from "./look";

/** `npm run pictures`: the pictures of README and the help are taken anew. */
export const takesPictures = Boolean(process.env.E2E_PICTURES);

/** What README and the help show, and which of the journey's screenshots that is. */
const pictures: Readonly<Record<string, string>> = {
  "3-key": "public-key",
  "4-checks": "token-checks",
  profile: "profile",
  "os-defaults": "os-defaults",
  "8-enrolled": "device",
  "9-expiring": "overview",
  "10-expired": "token-expired",
  diagnosis: "diagnosis",
  "14-sync": "sync",
};
const folder = new URL("../../docs/user/pictures/", import.meta.url);
const quality = 0.82;

/** Keeps what is on screen as a picture in both themes, if it is one of those that are shown. */
export async function keepPicture(page: Page, shot: string): Promise<void> {
  const name = pictures[shot];
  if (!takesPictures || !name) return;
  // That this server does not talk to Apple is so of the tests' servers alone.
  const strip = page.locator('section[aria-label="Service"]');
  const hide = (hidden: boolean) =>
    strip.evaluateAll((found, value) => {
      for (const element of found) (element as HTMLElement).hidden = value;
    }, hidden);
  await hide(true);
  const taken: [string, Buffer][] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await settled(page);
    taken.push([colorScheme === "dark" ? `${name}-dark` : name, await page.screenshot()]);
  }
  await hide(false);
  for (const [file, png] of taken) await writeFile(new URL(`${file}.webp`, folder), await webp(page, png));
}

/** The browser itself writes WebP, in a page without a content security policy. */
async function webp(page: Page, png: Buffer): Promise<Buffer> {
  const blank = await page.context().newPage();
  const encoded = await blank.evaluate(
    async ({ base64, quality }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      canvas.getContext("2d")?.drawImage(image, 0, 0);
      const blob = await canvas.convertToBlob({ type: "image/webp", quality });
      return btoa(Array.from(new Uint8Array(await blob.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(""));
    },
    { base64: png.toString("base64"), quality },
  );
  await blank.close();
  return Buffer.from(encoded, "base64");
}
