import { Fragment } from "react";
import { Time } from "../../ui/Time";

// As the server writes moments into its evidence.
const moment = /(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)/;

/** A line of evidence, whose moments are shown in the reader's time zone. */
export function WithTimes({ children }: { children: string }) {
  return children.split(moment).map((part, place) => {
    const key = `${place} ${part}`;
    return moment.test(part) ? <Time key={key} value={part} /> : <Fragment key={key}>{part}</Fragment>;
  });
}
