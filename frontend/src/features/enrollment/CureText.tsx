import { Link } from "@tanstack/react-router";
import { textLink } from "../../ui/textLink";
import { cureOf } from "./refusal";

const pages = {
  "/settings/abm": "ABM integration",
  "/settings/mdm": "MDM server",
  "/defaults": "OS defaults",
} as const;

/** What mends a refusal, with the way there from the page `here`. */
export function CureText({ code, here }: { code: string; here?: string }) {
  const { text, to } = cureOf(code);
  return (
    <>
      {text}
      {to && to !== here && (
        <>
          {" "}
          <Link to={to} className={`${textLink} underline`}>
            {pages[to]}
          </Link>
        </>
      )}
    </>
  );
}
