import { type GraphiQLPlugin, useEditorContext } from "@graphiql/react";
import { GraphiQL } from "graphiql";
import { useEffect, useState } from "react";
import { useTheme } from "../lib/theme";
import { examples } from "./examples";
import { fetcher } from "./fetcher";
import { currentToken, SignedOut } from "./token";

const plugins: GraphiQLPlugin[] = [{ title: "Examples", icon: ExamplesIcon, content: Examples }];
const signIn = "/signin?next=%2Fexplorer";

/** GraphiQL on this server's own schema, with nothing from elsewhere. */
export function Explorer() {
  const theme = useTheme();
  const [failure, setFailure] = useState<string>();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    currentToken().then(
      () => setReady(true),
      (reason: unknown) => {
        if (reason instanceof SignedOut) location.replace(signIn);
        else setFailure(reason instanceof Error ? reason.message : String(reason));
      },
    );
  }, []);
  return (
    <>
      <header className="explorer-bar">
        <h1>API explorer</h1>
        <p>It works with your own role, by a token of 15 minutes that this page alone holds. What you run is done.</p>
        <a href="/settings/api/schema">Schema reference</a>
        <a href="/settings/api">Back to GuardMDM</a>
      </header>
      <main className="explorer-body">
        {failure ? (
          <p role="alert" className="explorer-message">
            The explorer has no token: {failure} <a href="/explorer">Try again</a>
          </p>
        ) : (
          ready && (
            <GraphiQL
              fetcher={fetcher}
              plugins={plugins}
              defaultQuery={examples[0]?.text ?? ""}
              forcedTheme={theme}
              isHeadersEditorEnabled={false}
              showPersistHeadersSettings={false}
            >
              <GraphiQL.Logo>
                <EditorLabels />
              </GraphiQL.Logo>
            </GraphiQL>
          )
        )}
      </main>
    </>
  );
}

/** Names the editors, which GraphiQL leaves to the eye. It stands where GraphiQL would link to its own site. */
function EditorLabels() {
  const { queryEditor, variableEditor, responseEditor } = useEditorContext({ nonNull: true });
  useEffect(() => {
    queryEditor?.getInputField().setAttribute("aria-label", "Operation");
    variableEditor?.getInputField().setAttribute("aria-label", "Variables");
    responseEditor?.getInputField().setAttribute("aria-label", "Answer");
  }, [queryEditor, variableEditor, responseEditor]);
  return null;
}

function Examples() {
  const { queryEditor, variableEditor } = useEditorContext({ nonNull: true });
  return (
    <section aria-label="Examples">
      <div className="graphiql-doc-explorer-title">Examples</div>
      <ul className="explorer-examples">
        {examples.map(({ title, text }) => (
          <li key={title}>
            <button
              type="button"
              onClick={() => {
                queryEditor?.setValue(text);
                variableEditor?.setValue("");
              }}
            >
              {title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ExamplesIcon() {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5">
      <title>Examples</title>
      <path d="M4 5h16M4 12h10M4 19h13" strokeLinecap="round" />
    </svg>
  );
}
