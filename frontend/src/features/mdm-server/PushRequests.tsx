import { Download } from "lucide-react";
import { useQuery } from "urql";
import { graphql } from "../../gql";
import { problemOf } from "../../graphql/errors";
import { Button } from "../../ui/Button";
import { Time } from "../../ui/Time";
import { saveText } from "../abm-tokens/files";
import { requestFile } from "./files";

const PushRequestsDocument = graphql(`
  query PushCertificateRequests {
    pushCertificateRequests {
      requestPEM
      appleAccount
      createdAt
    }
  }
`);

/** The requests that wait for their certificates, to be downloaded again. */
export function PushRequests() {
  const [{ data, error }] = useQuery({ query: PushRequestsDocument });
  if (!data) return error ? <p className="text-bad-fg">{problemOf(error).message}</p> : null;
  if (data.pushCertificateRequests.length === 0) return null;
  return (
    <ul aria-label="Requests" className="grid divide-y divide-border rounded-card border border-border">
      {data.pushCertificateRequests.map(({ requestPEM, appleAccount, createdAt }, place) => (
        <li key={createdAt} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
          <span className="min-w-0 flex-1 basis-40 wrap-anywhere">
            {place === 0 ? "Newest request" : "Earlier request"}
            <span className="block text-fg-3 text-hint">
              {appleAccount && `${appleAccount}, `}
              <Time value={createdAt} />
            </span>
          </span>
          <Button
            size="small"
            className="max-sm:h-11"
            icon={<Download aria-hidden className="size-4" strokeWidth={1.75} />}
            onClick={() => saveText(requestFile, requestPEM, "application/pkcs10")}
          >
            Download
          </Button>
        </li>
      ))}
    </ul>
  );
}
