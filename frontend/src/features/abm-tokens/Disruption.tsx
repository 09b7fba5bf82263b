/** What an expired token means, point by point. */
export function Disruption() {
  return (
    <ul className="grid list-disc gap-0.5 pl-4">
      <li>
        <b className="font-semibold">Device sync stops:</b> new devices are not pulled into GuardMDM.
      </li>
      <li>
        <b className="font-semibold">ADE enrollment fails:</b> new devices cannot enroll by themselves.
      </li>
      <li>
        <b className="font-semibold">Device info goes stale:</b> changes in ABM no longer arrive.
      </li>
      <li>
        <b className="font-semibold">Already enrolled devices are not affected:</b> remote commands and profile pushes
        continue to work.
      </li>
    </ul>
  );
}
