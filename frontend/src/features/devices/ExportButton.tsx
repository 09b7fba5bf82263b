import { Download } from "lucide-react";
import type { DeviceWhereInput } from "../../gql/graphql";
import { Button } from "../../ui/Button";
import { exportUrl } from "./filter";

/** Saves what the list holds, all of it, as a file. The browser downloads while the server reads. */
export function ExportButton({ where }: { where: DeviceWhereInput }) {
  return (
    <Button
      size="small"
      variant="ghost"
      icon={<Download aria-hidden className="size-4" strokeWidth={1.75} />}
      // The name of the file is the server's to say.
      render={<a href={exportUrl(where)} download />}
    >
      Export CSV
    </Button>
  );
}
