import { Link } from "@tanstack/react-router";
import { textLink } from "../../ui/textLink";
import type { HelpTopic } from "./topics";

type HelpLinkProps = {
  topic: HelpTopic;
  /** The heading there, as its anchor. */
  section?: string;
  children: React.ReactNode;
};

/** The way to what explains a page. */
export function HelpLink({ topic, section, children }: HelpLinkProps) {
  return (
    <Link
      to="/help/$topic"
      params={{ topic }}
      hash={section ?? ""}
      className={`${textLink} underline sm:whitespace-nowrap`}
    >
      {children}
    </Link>
  );
}
