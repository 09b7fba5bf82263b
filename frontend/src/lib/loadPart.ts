import { checkBuild } from "./outdated";

const longestWait = 30_000;

/**
 * Loads a part of the dashboard that is not in the first script. While the server is away it waits and tries again, so that a
 * press on a button does not end the page. A part that the server no longer has, as after an update, fails.
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  for (let wait = 1_000; ; wait = Math.min(2 * wait, longestWait)) {
    try {
      return await load();
    } catch {
      if (await serverAnswers()) {
        void checkBuild();
        return load();
      }
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

async function serverAnswers(): Promise<boolean> {
  try {
    return (await fetch("/", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}
