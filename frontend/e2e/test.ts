import { type APIRequestContext, type BrowserContext, test as base, expect, type Page } from "@playwright/test";

export type Role = "admin" | "operator" | "viewer";

type Fixtures = {
  complaints: string[];
  /** Whom the page is signed in as; null for nobody. */
  role: Role | null;
};
type WorkerFixtures = { sessions: Map<Role, Awaited<ReturnType<BrowserContext["storageState"]>>> };

/** Asks the API in the name of the request's session. */
export async function ask<Data>(request: APIRequestContext, query: string, variables: object = {}): Promise<Data> {
  // By a token: what tests ask is no operation of the dashboard, which is all that a session may carry out.
  const headers = { Authorization: `Bearer ${process.env.E2E_TOKEN}` };
  const answer = await (await request.post("/graphql", { headers, data: { query, variables } })).json();
  expect(answer.errors).toBeUndefined();
  return answer.data;
}

/** Signs a request's session in as one of the demo's people. */
async function signIn(request: APIRequestContext, role: Role) {
  const query = `mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }`;
  const variables = { input: { email: `${role}@demo.example`, password: process.env.E2E_PASSWORD } };
  const { data } = await (await request.post("/graphql", { data: { query, variables } })).json();
  expect(data.signIn.userErrors).toEqual([]);
}

/** Watches for what the page complains about, such as violations of the content security policy. */
export function watch(page: Page, complaints: string[]) {
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      complaints.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
}

/** The names of the queries that a page sends from now on, but for the one of the session, which is asked before there is a page. */
export function queriesOf(page: Page): Set<string> {
  const names = new Set<string>();
  page.on("request", (request) => {
    const name = /"operationName":"(\w+)"/.exec(request.postData() ?? "")?.[1];
    if (name && name !== "Instance") names.add(name);
  });
  return names;
}

/** A test against the demo, signed in as its administrator unless told otherwise, that fails when the page complains. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  role: ["admin", { option: true }],
  sessions: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs
    async ({}, use) => use(new Map()),
    { scope: "worker" },
  ],
  storageState: async ({ role, sessions, playwright, baseURL }, use) => {
    if (role === null) return use(undefined);
    let state = sessions.get(role);
    if (!state) {
      const request = await playwright.request.newContext({ ...(baseURL && { baseURL }) });
      await signIn(request, role);
      state = await request.storageState();
      sessions.set(role, state);
      await request.dispose();
    }
    await use(state);
  },
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      watch(page, complaints);
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
