import { CopyText } from "../../ui/CopyText";
import { useSession } from "../session/session";
import { Marked } from "./Marked";
import { OpenAbmButton } from "./OpenAbmButton";
import { type Instruction, portalOf } from "./portal";
import type { ExchangedToken } from "./token";

export type InstructionsProps = {
  list: readonly Instruction[];
  token: Pick<ExchangedToken, "name" | "serverName" | "orgName">;
  /** What is done here, before anything at the site. */
  first?: { text: string; content: React.ReactNode };
};

/** What to do at Apple's site, step by step. */
export function Instructions({ list, token, first }: InstructionsProps) {
  const portal = portalOf(useSession().instance);
  const values = { service: token.serverName, organization: token.orgName };
  const begin = first ? 2 : 1;
  return (
    <div className="grid gap-4">
      <ol className="grid max-w-2xl gap-5">
        {first && (
          <Item number={1} text={first.text}>
            {first.content}
          </Item>
        )}
        {list.map(({ text, hint, shows }, index) => (
          <Item key={text} number={begin + index} text={<Marked text={text} values={values} />}>
            {shows === "site" && (
              <div className="justify-self-start">
                <OpenAbmButton label={portal.openLabel} />
              </div>
            )}
            {shows === "name" && (
              <div className="justify-self-start">
                <CopyText label="name" text={`GuardMDM ${token.name}`} />
              </div>
            )}
            {hint && (
              <p className="text-fg-3 text-hint">
                <Marked text={hint} values={values} />
              </p>
            )}
          </Item>
        ))}
      </ol>
      {portal.guide && (
        <p className="text-fg-3 text-hint">
          Menu names can differ if Apple changes the site.{" "}
          <a
            href={portal.guide.url}
            target="_blank"
            rel="noreferrer"
            className="rounded-badge text-accent-fg underline underline-offset-2"
          >
            {portal.guide.label}
          </a>
        </p>
      )}
    </div>
  );
}

function Item({ number, text, children }: { number: number; text: React.ReactNode; children: React.ReactNode }) {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden
        className="grid size-6 shrink-0 place-items-center rounded-full border border-border-2 text-badge text-fg-2"
      >
        {number}
      </span>
      <div className="grid min-w-0 flex-1 gap-2 pt-0.5">
        <p>{text}</p>
        {children}
      </div>
    </li>
  );
}
