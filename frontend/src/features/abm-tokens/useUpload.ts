import { useState } from "react";
import { useMutation } from "urql";
import { readFragment } from "../../gql";
import { codeOf, problemOf } from "../../graphql/errors";
import { StartSyncDocument, SyncRunFragment } from "../sync/run";
import { type Run, useTellRun } from "../sync/SyncProvider";
import { readBase64 } from "./files";
import { type ExchangedToken, TokenExchangeFragment, UploadServerTokenDocument } from "./token";

export type Refusal = { code: string; message: string; hint?: string | null };

/** How the upload of a server token stands. */
export type Upload =
  | { status: "none" }
  | { status: "checking"; file: File }
  | { status: "refused"; file: File; refusal: Refusal }
  | { status: "accepted"; file: File; token: ExchangedToken };

/** The sync that follows an accepted token. */
export type FirstSync =
  | { status: "starting" }
  | { status: "started"; run: Run }
  | { status: "refused"; refusal: Refusal };

/** Has the server check a file. One that it accepts is live at once, so its first sync starts. */
export function useUpload(abmTokenId: string, onAccepted: () => void) {
  const [upload, setUpload] = useState<Upload>({ status: "none" });
  const [sync, setSync] = useState<FirstSync>({ status: "starting" });
  const [, send] = useMutation(UploadServerTokenDocument);
  const [, startSync] = useMutation(StartSyncDocument);
  const tell = useTellRun();

  const startFirstSync = async () => {
    const { data, error } = await startSync({ input: { abmTokenId } });
    const run = readFragment(SyncRunFragment, data?.startSync.syncRun);
    if (run) {
      tell(run);
      setSync({ status: "started", run });
    } else {
      const refusal = error ? refusalOf(error) : (data?.startSync.userErrors[0] ?? unanswered);
      setSync({ status: "refused", refusal });
    }
  };

  const check = async (file: File, acceptChanges = false) => {
    setUpload({ status: "checking", file });
    const contentBase64 = await readBase64(file).catch(() => null);
    if (contentBase64 === null) return setUpload({ status: "refused", file, refusal: unreadable });
    const { data, error } = await send({ input: { abmTokenId, contentBase64, acceptChanges } });
    const token = data?.uploadABMServerToken.abmToken;
    if (!token) {
      const refusal = error ? refusalOf(error) : (data?.uploadABMServerToken.userErrors[0] ?? unanswered);
      return setUpload({ status: "refused", file, refusal });
    }
    setUpload({ status: "accepted", file, token: readFragment(TokenExchangeFragment, token) });
    onAccepted();
    await startFirstSync();
  };

  const clear = () => setUpload({ status: "none" });
  return { upload, sync, check, clear };
}

function refusalOf(error: Parameters<typeof problemOf>[0]): Refusal {
  return { ...problemOf(error), code: codeOf(error) };
}

const unanswered: Refusal = { code: "INTERNAL", message: "The server gave neither a result nor a reason." };

const unreadable: Refusal = {
  code: "UNREADABLE",
  message: "The browser cannot read this file any more.",
  hint: "It may have been moved or changed. Choose it again.",
};
