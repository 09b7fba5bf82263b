import { expect, test } from "vitest";
import { fingerprint, keyFileName, shortFingerprint } from "./key";

const sha256 = `7f2a91c40e5b${"00".repeat(24)}b813`;

test("groups a fingerprint into 32 pairs, and cuts it in the middle only", () => {
  expect(fingerprint(sha256)).toMatch(/^7F:2A:91:C4:0E:5B:00:.*:B8:13$/);
  expect(fingerprint(sha256).split(":")).toHaveLength(32);
  expect(shortFingerprint(sha256)).toBe("7F:2A:91:C4:0E:5B…B8:13");
});

test("makes a file name that every system takes", () => {
  expect(keyFileName("Tideway Logistics")).toBe("guardmdm-tideway-logistics.pem");
  expect(keyFileName("../Zürich / Été ")).toBe("guardmdm-zurich-ete.pem");
  expect(keyFileName("日本")).toBe("guardmdm.pem");
});
