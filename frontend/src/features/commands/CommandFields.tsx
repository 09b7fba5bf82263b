import type { DeviceCommand } from "../../gql/graphql";
import { FileDrop } from "../../ui/FileDrop";
import { TextInput } from "../../ui/TextInput";
import { mostFileBytes } from "./commands";

/** What a command takes beside its devices. */
export type CommandParameters = {
  file: File | null;
  profileIdentifier: string;
  pin: string;
  message: string;
  phoneNumber: string;
};

export const noParameters: CommandParameters = {
  file: null,
  profileIdentifier: "",
  pin: "",
  message: "",
  phoneNumber: "",
};

const pinForm = /^\d{6}$/;

/** Why a command cannot be sent yet; undefined when it can. */
export function missingOf(command: DeviceCommand, given: CommandParameters, macs: number): string | undefined {
  if ((command === "INSTALL_PROFILE" || command === "RAW") && !given.file) return "Choose a file first";
  if (command === "REMOVE_PROFILE" && given.profileIdentifier.trim() === "") return "Name the profile first";
  if (command !== "DEVICE_LOCK" && command !== "ERASE_DEVICE") return undefined;
  if (given.pin !== "" && !pinForm.test(given.pin)) return "The PIN has 6 digits";
  return command === "DEVICE_LOCK" && macs > 0 && given.pin === "" ? "Give a PIN for the Macs" : undefined;
}

type CommandFieldsProps = {
  command: DeviceCommand;
  parameters: CommandParameters;
  onChange: (changed: Partial<CommandParameters>) => void;
  /** Macs among the devices. */
  macs: number;
};

/** The inputs of a command. */
export function CommandFields({ command, parameters, onChange, macs }: CommandFieldsProps) {
  const { file, profileIdentifier, pin, message, phoneNumber } = parameters;
  switch (command) {
    case "INSTALL_PROFILE":
      return (
        <FileDrop
          label="Configuration profile"
          hint="A .mobileconfig file, signed or not, at most 512 KB. It is stored encrypted, and gone when the devices have it."
          accept=".mobileconfig"
          maxBytes={mostFileBytes}
          file={file}
          onFile={(chosen) => onChange({ file: chosen })}
        />
      );
    case "RAW":
      return (
        <FileDrop
          label="Property list"
          hint="XML or binary, at most 512 KB: a dictionary with RequestType. One that erases takes serial numbers: use Erase."
          accept=".plist,.xml"
          maxBytes={mostFileBytes}
          file={file}
          onFile={(chosen) => onChange({ file: chosen })}
        />
      );
    case "REMOVE_PROFILE":
      return (
        <TextInput
          label="Identifier of the profile"
          hint="Its PayloadIdentifier, such as com.example.wifi: List profiles tells it."
          value={profileIdentifier}
          onChange={(event) => onChange({ profileIdentifier: event.target.value })}
          autoComplete="off"
          spellCheck={false}
        />
      );
    case "DEVICE_LOCK":
    case "ERASE_DEVICE":
      return (
        <>
          {macs > 0 && (
            <TextInput
              label="PIN for Macs"
              hint="6 digits. Note it: it unlocks the Mac, and is never shown again."
              optional={command === "ERASE_DEVICE"}
              value={pin}
              onChange={(event) => onChange({ pin: event.target.value.trim() })}
              inputMode="numeric"
              maxLength={6}
              autoComplete="off"
            />
          )}
          {command === "DEVICE_LOCK" && (
            <>
              <TextInput
                label="Message"
                optional
                value={message}
                onChange={(event) => onChange({ message: event.target.value })}
                maxLength={500}
                autoComplete="off"
              />
              <TextInput
                label="Phone number"
                optional
                value={phoneNumber}
                onChange={(event) => onChange({ phoneNumber: event.target.value })}
                maxLength={50}
                inputMode="tel"
                autoComplete="off"
              />
            </>
          )}
        </>
      );
    default:
      return null;
  }
}
