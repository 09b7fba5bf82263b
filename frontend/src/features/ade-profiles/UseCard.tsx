import { Link } from "@tanstack/react-router";
import { useQuery } from "urql";
import { plural } from "../../lib/numbers";
import { Card } from "../../ui/Card";
import { DefinitionList } from "../../ui/DefinitionList";
import { type SimpleColumn, SimpleTable } from "../../ui/SimpleTable";
import { Status } from "../../ui/Status";
import { Time } from "../../ui/Time";
import { textLink } from "../../ui/textLink";
import { wordFor } from "../../ui/vocabulary";
import { type Profile, ProfileDevicesDocument } from "./profile";

type Registration = Profile["registrations"][number];

/** How many devices have the profile by the rules; undefined until it is counted. */
export function useDeviceCount(profileId: string): number | undefined {
  const [{ data }] = useQuery({
    query: ProfileDevicesDocument,
    variables: { id: profileId },
    context: deviceContext,
  });
  return data?.devices.totalCount;
}

const deviceContext = { additionalTypenames: ["Device", "ADEProfile", "DefaultADEProfile", "DeviceGroup"] };

/** Which rules give the profile to devices, and how it stands at Apple. */
export function UseCards({ profile }: { profile: Profile }) {
  const devices = useDeviceCount(profile.id);
  return (
    <>
      <Card
        title="Used by"
        action={
          devices !== undefined && (
            <Link to="/devices" search={{ profile: profile.id }} className={textLink}>
              {plural(devices, "device")} by the rules
            </Link>
          )
        }
      >
        <DefinitionList
          items={[
            { label: "OS defaults", value: defaultWords(profile.defaults), wide: true },
            {
              label: "Groups",
              value: profile.deviceGroups.length > 0 ? <GroupLinks groups={profile.deviceGroups} /> : null,
              wide: true,
            },
            {
              label: "Devices of their own choice",
              value: profile.ownDevices > 0 ? plural(profile.ownDevices, "device") : null,
              wide: true,
            },
          ]}
        />
      </Card>
      <Card title="At Apple" padding={profile.registrations.length === 0}>
        {profile.registrations.length === 0 ? (
          <p className="text-fg-2">
            Apple does not know it yet. GuardMDM defines it there for each organization that has devices for it.
          </p>
        ) : (
          <SimpleTable
            caption="The profile at Apple, by organization"
            density="comfortable"
            framed={false}
            columns={columns}
            rows={profile.registrations}
            rowKey={({ abmToken, version }) => `${abmToken.id} ${version.id}`}
          />
        )}
      </Card>
    </>
  );
}

function GroupLinks({ groups }: { groups: Profile["deviceGroups"] }) {
  return (
    <ul className="flex flex-wrap gap-x-3">
      {groups.map(({ id, name }) => (
        <li key={id}>
          <Link to="/groups/$groupId" params={{ groupId: id }} className={textLink}>
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}

const columns: readonly SimpleColumn<Registration>[] = [
  { id: "organization", header: "Organization", cell: ({ abmToken }) => abmToken.name },
  { id: "version", header: "Version", cell: ({ version }) => `v${version.number}` },
  { id: "state", header: "State", cell: (registration) => <RegistrationState registration={registration} /> },
  {
    id: "uuid",
    header: "Apple's identifier",
    priority: 3,
    cell: ({ appleProfileUuid }) =>
      appleProfileUuid ? (
        <code className="font-mono text-hint">{appleProfileUuid}</code>
      ) : (
        <span className="text-fg-3">None</span>
      ),
  },
  {
    id: "registered",
    header: "Since",
    align: "end",
    priority: 2,
    cell: ({ registeredAt }) => <Time value={registeredAt} />,
  },
];

/** Whether Apple took a version, and if not, why and when it is asked again. */
export function RegistrationState({
  registration: { error, appleProfileUuid, nextAttemptAt },
}: {
  registration: Pick<Registration, "error" | "appleProfileUuid" | "nextAttemptAt">;
}) {
  if (!error) {
    return appleProfileUuid ? <Status tone="ok" label="Defined" /> : <Status tone="info" label="Not defined yet" />;
  }
  return (
    <div className="whitespace-normal">
      <Status tone="bad" label={`Refused: ${error.code}`} />
      <p className="text-fg-2 text-hint">
        {error.message} {error.hint}
      </p>
      {nextAttemptAt && (
        <p className="text-fg-3 text-hint">
          Next attempt <Time value={nextAttemptAt} />
        </p>
      )}
    </div>
  );
}

/** The defaults that a profile is: "macOS, tvOS of Corvus Retail". One of iOS is one of iPadOS too. */
export function defaultWords(defaults: Profile["defaults"]): string | null {
  const words = defaults
    .filter(({ platform }) => platform !== "IPADOS")
    .map(({ platform, abmToken }) => {
      const word = platform === "IOS" ? "iOS / iPadOS" : wordFor("platform", platform);
      return abmToken ? `${word} of ${abmToken.name}` : word;
    });
  return words.join(", ") || null;
}
