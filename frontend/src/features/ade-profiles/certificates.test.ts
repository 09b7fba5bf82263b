import { expect, test } from "vitest";
import { certificatesOf, sizeOf } from "./certificates";

const armored = (body: string) => `-----BEGIN CERTIFICATE-----\r\n${body}\r\n-----END CERTIFICATE-----\r\n`;

test("PEM gives each certificate without its armor, DER the one that it is", async () => {
  const pem = new File([`subject=CN\n${armored("MIIB\nAAAA")}${armored("MIIC")}`], "ca.pem");
  expect(await certificatesOf(pem)).toEqual(["MIIBAAAA", "MIIC"]);
  expect(await certificatesOf(new File([new Uint8Array([0x30, 0x82, 0x01, 0xff])], "ca.der"))).toEqual(["MIIB/w=="]);
});

test("a size is that of the bytes", () => {
  expect(sizeOf("MIIB/w==")).toBe(4);
  expect(sizeOf("MIIB")).toBe(3);
});
