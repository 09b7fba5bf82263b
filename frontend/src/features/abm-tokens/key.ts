/** A SHA-256 as people compare it: "7F:2A:91:…", 32 pairs. */
export function fingerprint(sha256: string): string {
  return (sha256.toUpperCase().match(/../g) ?? []).join(":");
}

/** Its beginning and its end: "7F:2A:91:C4:0E:5B…B8:13". */
export function shortFingerprint(sha256: string): string {
  const full = fingerprint(sha256);
  return `${full.slice(0, 17)}…${full.slice(-5)}`;
}

/** The name of the public key's file: "guardmdm-tideway-logistics.pem". */
export function keyFileName(tokenName: string): string {
  const slug = tokenName
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return slug ? `guardmdm-${slug}.pem` : "guardmdm.pem";
}
