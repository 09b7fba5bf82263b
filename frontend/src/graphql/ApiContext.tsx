import { createContext, use } from "react";
import { Provider } from "urql";
import type { Api } from "./client";

const Context = createContext<Api | null>(null);

export function ApiProvider({ api, children }: { api: Api; children: React.ReactNode }) {
  return (
    <Context value={api}>
      <Provider value={api.client}>{children}</Provider>
    </Context>
  );
}

export function useApi(): Api {
  const api = use(Context);
  if (!api) throw new Error("useApi needs an ApiProvider around it");
  return api;
}
