import { date } from "../../lib/time";
import { StatusIcon } from "../../ui/StatusIcon";
import type { StatusShape, Tone } from "../../ui/vocabulary";
import { type CheckId, type CheckState, checks, eachCheck, statesOf } from "./checks";
import { shortFingerprint } from "./key";
import type { ExchangedToken } from "./token";
import type { Upload } from "./useUpload";

export type TokenChecksProps = {
  upload: Upload;
  renewal: boolean;
  /** More that the token is seen to do, as rows of their own. */
  children?: React.ReactNode;
};

/** Each check of the server token with its result. */
export function TokenChecks({ upload, renewal, children }: TokenChecksProps) {
  const states = checkStates(upload);
  const titles = titlesOf(renewal);
  return (
    <section aria-labelledby="checks" className="grid gap-2">
      <h3 id="checks" className="text-card">
        Checks
      </h3>
      <ul className="divide-y divide-border rounded-card border border-border">
        {checks.map(({ id }) => (
          <CheckRow key={id} state={states[id]} title={titles[id]}>
            {detailOf(id, states[id], upload)}
          </CheckRow>
        ))}
        {children}
      </ul>
    </section>
  );
}

function checkStates(upload: Upload): Record<CheckId, CheckState> {
  switch (upload.status) {
    case "accepted":
      return eachCheck(() => "passed");
    case "refused":
      return statesOf(upload.refusal.code);
    default:
      return eachCheck(() => "waiting");
  }
}

function titlesOf(renewal: boolean): Record<CheckId, string> {
  return {
    key: "Decrypts with this server's key",
    content: "Complete and not expired",
    apple: "Apple accepts it",
    terms: "Terms are accepted",
    organization: renewal ? "Same organization and MDM server" : "Organization not connected yet",
  };
}

function detailOf(id: CheckId, state: CheckState, upload: Upload): React.ReactNode {
  if (upload.status === "accepted") return resultOf(id, upload.token);
  if (upload.status === "refused" && (state === "failed" || state === "unconfirmed")) {
    return <code className="font-mono">{upload.refusal.code}</code>;
  }
  return { waiting: null, passed: null, unreached: "Not reached", failed: null, unconfirmed: null }[state];
}

function resultOf(id: CheckId, token: ExchangedToken): React.ReactNode {
  switch (id) {
    case "key":
      return <span className="font-mono">SHA-256 {shortFingerprint(token.certificateSha256)}</span>;
    case "content":
      return token.expiresAt && `Until ${date(token.expiresAt)}`;
    case "apple":
      return token.adminId && `Downloaded by ${token.adminId}`;
    case "terms":
      return null;
    case "organization":
      return `${token.orgName}, Apple org ${token.orgId}`;
  }
}

const marks: Record<CheckState | "working", { shape: StatusShape; tone: Tone; word: string }> = {
  waiting: { shape: "circle", tone: "muted", word: "waits" },
  working: { shape: "spinner", tone: "info", word: "under way" },
  passed: { shape: "check", tone: "ok", word: "passed" },
  failed: { shape: "octagon", tone: "bad", word: "failed" },
  unconfirmed: { shape: "triangle", tone: "warn", word: "needs your confirmation" },
  unreached: { shape: "circle", tone: "muted", word: "not reached" },
};

export type CheckRowProps = { state: keyof typeof marks; title: string; children?: React.ReactNode };

/** A check: its mark, what it is, and what was found. */
export function CheckRow({ state, title, children }: CheckRowProps) {
  const { shape, tone, word } = marks[state];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-2.5">
      <StatusIcon shape={shape} tone={tone} />
      <span className="min-w-0 flex-1 basis-44 font-[550]">
        {title}
        <span className="sr-only">, {word}</span>
      </span>
      {children && <span className="text-fg-2 text-hint wrap-anywhere max-sm:w-full max-sm:pl-7">{children}</span>}
    </li>
  );
}
