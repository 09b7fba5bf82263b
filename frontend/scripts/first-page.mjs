const roots = ["/src/main.tsx", "/src/routes/OverviewPage.tsx"];
const shared = /\/src\/(ui|lib|graphql)\//;

/**
 * Puts what the first page loads of the parts that all pages share into one file: dozens of small ones compress badly. For
 * `name` of a group of chunks; null leaves a module to the bundler.
 */
export function firstPageParts() {
  /** @type {Set<string> | undefined} */
  let found;

  /** @type {import("vite").Rolldown.CodeSplittingNameFunction} */
  return (id, context) => {
    if (!shared.test(id)) return null;
    found ??= reachable(id.slice(0, id.search(shared)), context);
    return found.has(id) ? "shared" : null;
  };
}

/**
 * What the roots import, and what that imports; not what is loaded later.
 * @param {string} base
 * @param {import("vite").Rolldown.ChunkingContext} context
 */
function reachable(base, context) {
  const found = new Set();
  const queue = roots.map((root) => base + root);
  for (const id of queue) {
    if (found.has(id)) continue;
    found.add(id);
    queue.push(
      ...(context.getModuleInfo(id)?.importedIds ?? []).filter((imported) => imported.startsWith(`${base}/src/`)),
    );
  }
  return found;
}
