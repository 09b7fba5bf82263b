import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { Client, cacheExchange, type ExecutionResult, makeErrorResult, makeResult, type Operation } from "@urql/core";
import { GraphQLError, getOperationAST } from "graphql";
import { createClient as createSocketClient } from "graphql-ws";
import { filter, fromPromise, make, mergeMap, pipe, type Source, takeUntil } from "wonka";
import { type Session, SessionContext } from "../features/session/session";
import type { Role } from "../gql/graphql";
import { ApiProvider } from "../graphql/ApiContext";
import type { Api } from "../graphql/client";
import { createRefresher } from "../graphql/refresh";
import { ToastProvider } from "../ui/Toast";

type Variables = Record<string, unknown>;

/**
 * What the server answers to an operation: its data, or a function that makes it of the variables. Throw `refusal(…)` for a
 * GraphQL error, any other error for a network that is gone.
 */
export type Answer = object | ((variables: Variables) => unknown);

export type FakeApi = {
  api: Api;
  /** The queries and mutations that were asked, in order. */
  calls: { name: string; variables: Variables }[];
  /** Sends data to everybody who subscribed to the operation. */
  push: (name: string, data: object) => void;
};

export function refusal(code: string, message: string, more: Variables = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...more } });
}

/** A server that answers operations by their names, behind the client and the cache of the application. */
export function fakeApi(answers: Record<string, Answer>): FakeApi {
  const calls: FakeApi["calls"] = [];
  const sinks = new Map<string, Set<(data: object) => void>>();

  async function ask(operation: Operation) {
    const name = nameOf(operation);
    const variables = (operation.variables ?? {}) as Variables;
    calls.push({ name, variables });
    try {
      const answer = answers[name];
      if (!answer) throw refusal("TEST", `The test has no answer for ${name}.`);
      return makeResult(operation, { data: typeof answer === "function" ? await answer(variables) : answer });
    } catch (error) {
      if (error instanceof GraphQLError)
        return makeResult(operation, { data: null, errors: [error] } as ExecutionResult);
      return makeErrorResult(operation, error instanceof Error ? error : new Error(String(error)));
    }
  }

  function watch(operation: Operation) {
    const name = nameOf(operation);
    return make<ReturnType<typeof makeResult>>(({ next }) => {
      const sink = (data: object) => next(makeResult(operation, { data }));
      const all = sinks.get(name) ?? new Set();
      sinks.set(name, all.add(sink));
      return () => all.delete(sink);
    });
  }

  const refresher = createRefresher();
  const client = new Client({
    url: "/graphql",
    preferGetMethod: false,
    requestPolicy: "cache-and-network",
    exchanges: [
      refresher.exchange,
      cacheExchange,
      () => (operations$: Source<Operation>) =>
        pipe(
          operations$,
          filter((operation) => operation.kind !== "teardown"),
          mergeMap((operation) =>
            pipe(
              operation.kind === "subscription" ? watch(operation) : fromPromise(ask(operation)),
              takeUntil(
                pipe(
                  operations$,
                  filter(({ kind, key }) => kind === "teardown" && key === operation.key),
                ),
              ),
            ),
          ),
        ),
    ],
  });

  const live = { status: "live", heardAt: Date.now(), nextTryAt: null, refusal: null } as const;
  return {
    api: {
      client,
      refresher,
      live: {
        socket: createSocketClient({ url: "ws://127.0.0.1/graphql", lazy: true }),
        state: () => live,
        subscribe: () => () => {},
        tryNow: () => {},
      },
    },
    calls,
    push(name, data) {
      for (const sink of sinks.get(name) ?? []) sink(data);
    },
  };
}

function nameOf(operation: Operation): string {
  return getOperationAST(operation.query)?.name?.value ?? "";
}

export function fakeSession(role: Role = "ADMIN"): Session {
  const viewer: Session["viewer"] = {
    id: "usr_ana",
    name: "Ana Ferreira",
    email: "ana@meridian.example",
    role,
    sessionExpiresAt: new Date(Date.now() + 12 * 3_600_000).toISOString(),
  };
  return {
    viewer,
    instance: {
      viewer,
      version: "1.0.0",
      serverTime: new Date().toISOString(),
      setupNeeded: false,
      isApple: true,
      simulatedPortalUrl: null,
      syncIntervalSeconds: 300,
      syncPageSize: 100,
    },
  };
}

export type RenderOptions = {
  answers?: Record<string, Answer>;
  session?: Session;
  /** Where the router of the page stands. */
  path?: string;
};

/** Renders a part of a page for somebody who is signed in. It appears after a turn: look for it with findBy…. */
export function renderWithApi(
  page: React.ReactNode,
  { answers = {}, session = fakeSession(), path = "/" }: RenderOptions = {},
) {
  const fake = fakeApi(answers);
  globalThis.scrollTo = () => {}; // the router scrolls to the top; jsdom cannot
  const router = createRouter({
    routeTree: createRootRoute({ component: () => page }),
    history: createMemoryHistory({ initialEntries: [path] }),
  });
  const view = render(
    <ApiProvider api={fake.api}>
      <SessionContext value={session}>
        <ToastProvider>
          <RouterProvider router={router} />
        </ToastProvider>
      </SessionContext>
    </ApiProvider>,
  );
  return { ...view, ...fake, router };
}
