/** The certificates of a file, as Apple wants them: DER in base64. PEM may hold several, DER is one. */
export async function certificatesOf(file: File): Promise<string[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  const armored = [...text.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/g)];
  if (armored.length > 0) return armored.map(([, body = ""]) => body.replace(/\s+/g, ""));
  return [btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))];
}

/** How many bytes a certificate has without base64. */
export function sizeOf(certificate: string): number {
  return Math.floor((certificate.replace(/=+$/, "").length * 3) / 4);
}
