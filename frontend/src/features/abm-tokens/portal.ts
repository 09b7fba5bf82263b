import type { Instance } from "../session/session";

/** `**Menu names**` stand between asterisks; {service} and {organization} are filled in. */
export type Instruction = {
  text: string;
  hint?: string;
  /** What the instruction needs beside it: the link to the site, or the name to copy. */
  shows?: "site" | "name";
};

type Exchange = { upload: readonly Instruction[]; download: readonly Instruction[] };

/** The site where the key is uploaded and the server token is downloaded. */
export type Portal = {
  url: string;
  /** The site's name in a short line. */
  place: string;
  openLabel: string;
  signIn: string;
  guide?: { label: string; url: string };
  /** A new organization. */
  first: Exchange;
  renewal: Exchange;
};

const businessManagerUrl = "https://business.apple.com";

// Apple renames its menus now and then: their names stand here alone.
const onNewerSite = "On Apple's newer site: **Devices**, then **Management Services**.";

const businessManager: Portal = {
  url: businessManagerUrl,
  place: "At business.apple.com",
  openLabel: "Open business.apple.com",
  signIn: "Sign in to Apple Business Manager (ABM) as an administrator. Keep this page open next to it.",
  guide: { label: "Apple's guide", url: "https://support.apple.com/guide/apple-business-manager/axm1c1be359d/web" },
  first: {
    upload: [
      { text: "In ABM, open **Settings**, then **MDM Server**", hint: onNewerSite, shows: "site" },
      { text: "Choose **Add MDM Server**", hint: "Or **Connect external device management**, then **Continue**." },
      { text: "Name it, for example", shows: "name" },
      {
        text: "Upload the file from step 1, then save",
        hint: "Leave **Release Devices** off, unless GuardMDM may release devices for you.",
      },
    ],
    download: [
      { text: "In ABM, open the MDM server that you have just added", shows: "site" },
      { text: "Choose **Download Token**", hint: "It ends in _smime.p7m and is encrypted for this server alone." },
      { text: "Keep the file as it is", hint: "Mail programs and editors can damage it." },
    ],
  },
  renewal: {
    upload: [
      { text: "In ABM, open **Settings**, then **MDM Server**", hint: onNewerSite, shows: "site" },
      {
        text: "Choose **{service}**, then **Edit**",
        hint: "Do not add a new one: the devices and the sync position belong to this one.",
      },
      { text: "Upload the file from step 1 in place of the key there, then save" },
    ],
    download: [
      { text: "In ABM, open **{service}**", shows: "site" },
      {
        text: "Choose **Download Token**",
        hint: "Apple may end the token in use with this download: upload the new one here soon after.",
      },
    ],
  },
};

function simulated(url: string): Portal {
  return {
    url,
    place: "At the simulated ABM",
    openLabel: "Open the simulated ABM",
    signIn: "The simulated ABM stands for business.apple.com. It needs no sign-in. Keep this page open next to it.",
    first: {
      upload: [
        {
          text: "Choose an organization at the top of the simulated ABM",
          hint: "Or make one under **Another organization**.",
          shows: "site",
        },
        { text: "Open **Add an MDM server**" },
        { text: "Name it, for example", shows: "name" },
        { text: "Choose the file from step 1 as **Public certificate**, then **Add MDM server**" },
      ],
      download: [
        {
          text: "Assign devices to the server, for example by **Assign the oldest unassigned**",
          hint: "Without devices the first sync finds none.",
          shows: "site",
        },
        { text: "Choose **Download** in its row under **MDM servers**" },
      ],
    },
    renewal: {
      upload: [
        { text: "Choose **{organization}** at the top, then **{service}** under **MDM servers**", shows: "site" },
        { text: "Choose the file from step 1 under **Replace the public key**, then **Replace**" },
      ],
      download: [
        {
          text: "On the page of **{service}**, choose **Download server token**",
          hint: "The token in use ends with this download: upload the new one here soon after.",
          shows: "site",
        },
      ],
    },
  };
}

export function portalOf(instance: Instance): Portal {
  return instance.simulatedPortalUrl ? simulated(instance.simulatedPortalUrl) : businessManager;
}
