import { Link } from "@tanstack/react-router";
import { textLink } from "../../ui/textLink";
import { cureOf } from "./refusal";

const pages = {
  "/settings/abm": "ABM integration",
  "/settings/mdm": "MDM server",
  "/defaults": "OS defaults",
} as const;

/** What mends a refusal, with the way there. */
export function CureText({ code }: { code: string }) {
  const { text, to } = cureOf(code);
  return (
    <>
      {text}
      {to && (
        <>
          {" "}
          <Link to={to} className={textLink}>
            {pages[to]}
          </Link>
        </>
      )}
    </>
  );
}
