import { graphql } from "../../gql";
import type { EnrollmentRefusalFragment as Fields } from "../../gql/graphql";

/** A reason for which requests for the enrollment profile were refused. */
export type Refusal = Fields;

export const EnrollmentRefusalFragment = graphql(`
  fragment EnrollmentRefusal on EnrollmentRefusal {
    id
    code
    serialNumber
    message
    udid
    product
    osVersion
    address
    count
    lastAt
  }
`);

/** What mends a refusal; the page where, if it can be mended here. */
export type Cure = { text: string; to?: "/settings/abm" | "/settings/mdm" | "/defaults" };

const throughProxy = "Let the proxy before this server pass the request whole: headers of 8 KB, bodies of 64 KB.";
const noDevice = "No device of Apple's sends this. Nothing has to be done.";

// As docs/operations/enrollment.md has them. Codes without a line here are of requests that no device sends.
const cures: Readonly<Record<string, Cure>> = {
  RATE_LIMITED: { text: "It asks too often. Wait a minute and let it ask once more." },
  BODY_BROKE_OFF: { text: "The connection ended early. Try again, and look at the network." },
  NO_MACHINE_INFO: { text: "A browser, or a proxy that drops the header x-apple-aspen-deviceinfo: let it pass." },
  HEADER_NOT_BASE64: { text: throughProxy },
  CMS_CUT_OFF: { text: throughProxy },
  UNKNOWN_ENROLLMENT_KEY: { text: "The profile is another installation's. Assign one of here, then erase the device." },
  UNKNOWN_DEVICE_CA: { text: "If the authority issues certificates to Apple's devices, pin it.", to: "/settings/mdm" },
  NOT_A_DEVICE_CA: { text: "Pin the authority only if it issues certificates to devices alone.", to: "/settings/mdm" },
  TOKEN_EXPIRED: { text: "Renew the ABM token. Enrolled devices are not touched.", to: "/settings/abm" },
  UNKNOWN_DEVICE: { text: "Assign it to this MDM server in Apple Business Manager, then let it try again." },
  REMOVED_DEVICE: { text: "Assign it to this MDM server in Apple Business Manager again, then erase it." },
  DEVICE_OF_OTHER_TOKEN: { text: "Erase it, so that it fetches the profile of the token that it belongs to now." },
  NO_PROFILE: { text: "Set a default for its platform, or assign a profile to it.", to: "/defaults" },
  KEY_NOT_GIVEN: { text: "Erase it. If it comes again, somebody passes enrollment addresses on." },
  UDID_OF_OTHER_DEVICE: {
    text: "Another device enrolled with this UDID. Find out which of them claims to be the other.",
  },
  SOFTWARE_UPDATE_REQUIRED: { text: "Nothing has to be done: it updates and asks again." },
  CANNOT_ASK_APPLE: {
    text: "Apple did not answer. See how the ABM token stands, then let it try again.",
    to: "/settings/abm",
  },
  PUSH_CERTIFICATE_MISSING: { text: "Upload an MDM push certificate.", to: "/settings/mdm" },
  PUSH_CERTIFICATE_EXPIRED: {
    text: "Renew the MDM push certificate with the same Apple Account.",
    to: "/settings/mdm",
  },
  NO_PUBLIC_URL: { text: "Set GUARDMDM_PUBLIC_URL to the address at which devices reach this server." },
  OTHER_MDM_UNREACHABLE: { text: "The MDM server of its profile does not answer. Test it.", to: "/settings/mdm" },
  OTHER_MDM_ADDRESS_FORBIDDEN: {
    text: "The MDM server of its profile is in a network that is not called: name it in GUARDMDM_OTHER_MDM_NETWORKS.",
  },
  OTHER_MDM_REFUSED: {
    text: "The MDM server of its profile answered with an error: its log says why. Test it.",
    to: "/settings/mdm",
  },
  OTHER_MDM_PROFILE_UNUSABLE: {
    text: "What the MDM server of its profile gives enrolls no device. Test it.",
    to: "/settings/mdm",
  },
  INTERNAL: { text: "A fault of this server: its log has more. Let the device try again." },
};

export function cureOf(code: string): Cure {
  return Object.hasOwn(cures, code) ? (cures[code] as Cure) : { text: noDevice };
}
