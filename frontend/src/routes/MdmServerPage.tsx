import { getRouteApi } from "@tanstack/react-router";
import { MdmServer } from "../features/mdm-server/MdmServer";
import { Page } from "../features/shell/Page";

const route = getRouteApi("/app/settings/mdm");

export function MdmServerPage() {
  const { push } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title="MDM server" crumbs={[{ label: "Settings", to: "/settings/abm" }]}>
      <MdmServer
        renewing={push === "renew"}
        onRenewing={(renewing) =>
          void navigate({ search: (now) => ({ ...now, push: renewing ? "renew" : undefined }), resetScroll: false })
        }
      />
    </Page>
  );
}
