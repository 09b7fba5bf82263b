import { afterEach, beforeEach, expect, test, vi } from "vitest";

type Module = typeof import("./outdated");
let page: Module;
const answer = vi.fn<() => Promise<Response>>();
const index = (script: string) => new Response(`<!doctype html><script type="module" src="${script}"></script>`);

beforeEach(async () => {
  vi.resetModules();
  vi.stubGlobal("fetch", answer);
  document.head.innerHTML =
    '<script src="/assets/index-A.js"></script><script src="https://extension.invalid/x.js"></script>';
  document.body.innerHTML = "";
  sessionStorage.clear();
  page = await import("./outdated");
  page.watchTyping();
});
afterEach(() => {
  document.head.innerHTML = "";
  vi.unstubAllGlobals();
});

test.each([
  ["the same build", () => index("/assets/index-A.js"), false],
  ["another build", () => index("/assets/index-B.js"), true],
  ["a server that is starting", () => new Response("", { status: 503 }), false],
  ["a page without the dashboard", () => new Response("<p>not built</p>"), false],
])("%s", async (_, respond, expected) => {
  answer.mockImplementation(async () => respond());
  await page.checkBuild();
  expect(page.isOutdated()).toBe(expected);
});

test("a server that is away says nothing about its build", async () => {
  answer.mockRejectedValue(new TypeError("Failed to fetch"));
  await page.checkBuild();
  expect(page.isOutdated()).toBe(false);
});

function type(html: string) {
  document.body.innerHTML = html;
  document.body.querySelector("input")?.dispatchEvent(new Event("input", { bubbles: true }));
}

test("what was typed on this page keeps it; a search does not, and neither does another page's", () => {
  expect(page.canReload()).toBe(true);
  type('<search><input /></search><input type="search" />');
  expect(page.canReload()).toBe(true);
  type("<form><input /></form>");
  expect(page.canReload()).toBe(false);
  history.pushState(null, "", "/elsewhere");
  expect(page.canReload()).toBe(true);
  history.pushState(null, "", "/");
});

test("a dialog keeps it, and so does a field that somebody is in", () => {
  document.body.innerHTML = '<div role="dialog"></div>';
  expect(page.canReload()).toBe(false);
  document.body.innerHTML = '<input /><button type="button"></button>';
  document.body.querySelector("input")?.focus();
  expect(page.canReload()).toBe(false);
  document.body.querySelector("button")?.focus();
  expect(page.canReload()).toBe(true);
});

test("it reloads by itself once, not again and again", () => {
  const reload = vi.fn();
  vi.stubGlobal("location", { reload, pathname: "/" });
  page.reloadOnce();
  page.reloadOnce();
  expect(reload).toHaveBeenCalledTimes(1);
});
