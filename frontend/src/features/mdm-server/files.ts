import { readBase64 } from "../abm-tokens/files";

/** The name of a request's file. */
export const requestFile = "push.csr";

/** What the server takes of a file at most. */
export const mostBytes = 64 * 1024;

/** A certificate as the server takes it: PEM as it is, anything else in base64. */
export async function readCertificate(file: File): Promise<string> {
  const text = await file.text();
  return text.includes("-----BEGIN") ? text : readBase64(file);
}
