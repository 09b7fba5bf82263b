import { graphql } from "../../gql";
import type { DeviceCommand } from "../../gql/graphql";

export const SendCommandDocument = graphql(`
  mutation SendCommand($input: SendCommandInput!) {
    sendCommand(input: $input) {
      commandBatch {
        ...CommandBatchFields
      }
      userErrors {
        field
        message
        hint
        code
      }
    }
  }
`);

/** Of the devices that are to get a command: how many they are, take commands, and are Macs among these. */
export const CommandPreviewDocument = graphql(`
  query CommandPreview($all: DeviceWhereInput!, $enrolled: DeviceWhereInput!, $macs: DeviceWhereInput!) {
    all: devices(first: 0, where: $all) {
      totalCount
    }
    enrolled: devices(first: 0, where: $enrolled) {
      totalCount
    }
    macs: devices(first: 0, where: $macs) {
      totalCount
    }
  }
`);

type CommandEntry = {
  /** The verb and its object. */
  label: string;
  hint: string;
  /** ADMIN alone may send it. */
  admin?: true;
  danger?: true;
};

/** The commands that can be sent, in the order of the menus. */
export const commands: Readonly<Record<DeviceCommand, CommandEntry>> = {
  DEVICE_INFORMATION: { label: "Ask for information", hint: "Name, system, storage, battery" },
  PROFILE_LIST: { label: "List profiles", hint: "Which profiles the device has" },
  INSTALL_PROFILE: { label: "Install profile", hint: "From a .mobileconfig file" },
  REMOVE_PROFILE: { label: "Remove profile", hint: "One that MDM installed" },
  DEVICE_LOCK: { label: "Lock", hint: "With a PIN on a Mac" },
  RESTART_DEVICE: { label: "Restart", hint: "iPhones and iPads have to be supervised" },
  RAW: { label: "Send a raw command", hint: "A property list of Apple's protocol", admin: true },
  ERASE_DEVICE: { label: "Erase", hint: "Cannot be undone", admin: true, danger: true },
};

export const commandNames = Object.keys(commands) as DeviceCommand[];

// What devices are asked for, by its name in Apple's protocol.
const words: Readonly<Record<string, string>> = {
  DeviceInformation: "Information",
  ProfileList: "Profiles listed",
  InstallProfile: "Profile installed",
  RemoveProfile: "Profile removed",
  DeviceLock: "Locked",
  RestartDevice: "Restarted",
  EraseDevice: "Erased",
};

/** What a command does, in words; one that is not known keeps its name in Apple's protocol. */
export function commandWord(requestType: string): string {
  return Object.hasOwn(words, requestType) ? (words[requestType] ?? requestType) : requestType;
}

/** As many bytes as a profile or a raw command may have. */
export const mostFileBytes = 512 * 1024;
