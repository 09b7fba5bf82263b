import { Link } from "@tanstack/react-router";
import { textLink } from "../../ui/textLink";

/** Some of the devices that a diagnosis touches, each with its own way diagnosed: for those that no filter finds. */
export function Examples({ serialNumbers }: { serialNumbers: readonly string[] }) {
  if (serialNumbers.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-0.5 text-hint max-sm:gap-y-4 max-sm:py-2">
      {serialNumbers.map((serial) => (
        <Link key={serial} to="/troubleshooting" search={{ serial }} className={`${textLink} font-mono underline`}>
          {serial}
        </Link>
      ))}
    </p>
  );
}
