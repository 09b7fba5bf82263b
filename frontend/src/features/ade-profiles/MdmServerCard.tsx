import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import { useQuery } from "urql";
import { Card } from "../../ui/Card";
import { DefinitionList } from "../../ui/DefinitionList";
import { Select } from "../../ui/Select";
import { textLink } from "../../ui/textLink";
import { OtherMdmNamesDocument } from "../other-mdms/otherMdm";
import type { EditorPartProps } from "./editor";

/** Which MDM server devices with the profile enroll with. A matter of GuardMDM's, which counts as soon as it is saved. */
export function MdmServerCard({ editing, readOnly }: EditorPartProps) {
  const [{ data }] = useQuery({ query: OtherMdmNamesDocument });
  const { values, edit, errorOf } = editing;
  const { otherMdmId } = values;
  const others = data?.otherMDMs ?? [];
  const name = others.find(({ id }) => id === otherMdmId)?.name ?? (otherMdmId ? "Another MDM server" : "GuardMDM");
  return (
    <Card title="MDM server">
      {readOnly ? (
        <DefinitionList items={[{ label: "Devices enroll with", value: name }]} />
      ) : (
        <Select
          label="Devices enroll with"
          value={otherMdmId ?? ""}
          options={[
            { value: "", label: "GuardMDM" },
            ...others.map((other) => ({ value: other.id, label: other.name })),
            ...(otherMdmId && !others.some(({ id }) => id === otherMdmId) ? [{ value: otherMdmId, label: name }] : []),
          ]}
          onChange={(event) => edit({ otherMdmId: event.target.value || null })}
          error={errorOf("otherMdmId")}
        />
      )}
      <p className="text-fg-3 text-hint">
        Devices are verified here in any case, then get that server's enrollment profile. Counts as soon as it is saved,
        for devices that enroll from then on; Apple does not store it. Servers are added in{" "}
        <Link to="/settings/mdm" className={clsx(textLink, "underline")}>
          Settings, MDM server
        </Link>
        .
      </p>
    </Card>
  );
}
