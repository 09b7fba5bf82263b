import { useQuery } from "urql";
import { readFragment } from "../../gql";
import { problemOf } from "../../graphql/errors";
import { Card } from "../../ui/Card";
import { ErrorState } from "../../ui/ErrorState";
import { PageHeading } from "../../ui/PageHeading";
import { Skeleton } from "../../ui/Skeleton";
import { OtherMdmsCard } from "../other-mdms/OtherMdmsCard";
import { AuthoritiesCard } from "./AuthoritiesCard";
import { EnrollingCard } from "./EnrollingCard";
import { IdentitiesCard } from "./IdentitiesCard";
import { MinimumVersionsCard } from "./MinimumVersionsCard";
import { PushCertificateCard } from "./PushCertificateCard";
import { RefusalsCard } from "./RefusalsCard";
import { SigningCard } from "./SigningCard";
import {
  AuthorityFragment,
  IdentityAuthorityFragment,
  MdmServerDocument,
  ProfileMinimumOsFragment,
  PushCertificateFragment,
  SettingsFragment,
  SigningFragment,
} from "./server";

type MdmServerProps = {
  /** Whether the way to another push certificate is shown. */
  renewing: boolean;
  onRenewing: (renewing: boolean) => void;
};

/** How devices are enrolled and called: what they need to trust, and who is trusted. */
export function MdmServer({ renewing, onRenewing }: MdmServerProps) {
  const [{ data, error }, again] = useQuery({ query: MdmServerDocument });
  return (
    <div className="grid gap-5">
      <PageHeading title="MDM server">
        GuardMDM enrolls devices itself: it believes what they sign, gives each an identity, and asks it to call. Or it
        hands them to another MDM server.
      </PageHeading>
      {data ? (
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid min-w-0 gap-4">
            <PushCertificateCard
              certificate={readFragment(PushCertificateFragment, data.pushCertificate) ?? undefined}
              renewing={renewing}
              onRenewing={onRenewing}
            />
            <OtherMdmsCard />
            <AuthoritiesCard
              authorities={readFragment(AuthorityFragment, data.deviceCAs)}
              simulated={data.instance.simulatedDevicesEnroll}
            />
            <RefusalsCard />
          </div>
          <div className="grid min-w-0 gap-4">
            <EnrollingCard settings={readFragment(SettingsFragment, data.mdmSettings)} />
            <SigningCard certificate={readFragment(SigningFragment, data.enrollmentSigningCertificate) ?? undefined} />
            <IdentitiesCard
              authorities={readFragment(IdentityAuthorityFragment, data.identityAuthorities)}
              publicUrl={data.publicUrl.url}
            />
            <MinimumVersionsCard profiles={readFragment(ProfileMinimumOsFragment, data.adeProfiles.nodes)} />
          </div>
        </div>
      ) : (
        <Card>
          {error ? (
            <ErrorState {...problemOf(error)} onRetry={() => again({ requestPolicy: "network-only" })} />
          ) : (
            <Skeleton rows={8} />
          )}
        </Card>
      )}
    </div>
  );
}
