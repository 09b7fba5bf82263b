import { graphql } from "../gql";

const CreateExplorerTokenDocument = graphql(`
  mutation CreateExplorerToken {
    createExplorerToken {
      secret
      expiresAt
      userErrors {
        message
      }
    }
  }
`);

type Token = { secret: string; expiresAt: number };

/** Nobody is signed in in this browser. */
export class SignedOut extends Error {}

const margin = 30_000; // for what is under way when it ends
let token: Promise<Token> | undefined;

/** A token with the person's own role, for some minutes. It lives in this page's memory alone; the browser's cookie only makes it. */
export async function currentToken(): Promise<Token> {
  const known = await token?.catch(() => undefined);
  if (!known || known.expiresAt - margin < Date.now()) {
    token = make();
    token.catch(() => {}); // told by the await below
  }
  return token as Promise<Token>;
}

async function make(): Promise<Token> {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    credentials: "same-origin",
    body: JSON.stringify({ query: String(CreateExplorerTokenDocument) }),
  });
  const { data, errors } = await response.json();
  if (errors?.[0]?.extensions?.code === "UNAUTHENTICATED") throw new SignedOut();
  const made = data?.createExplorerToken;
  if (!made?.secret) throw new Error(errors?.[0]?.message ?? made?.userErrors[0]?.message ?? "There is no answer.");
  return { secret: made.secret, expiresAt: Date.parse(made.expiresAt) };
}
