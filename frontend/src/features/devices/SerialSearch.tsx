import { SettledSearch } from "../../ui/SettledSearch";
import { asSerial } from "./filter";

/** Narrows the list to serial numbers that begin with what was typed. */
export function SerialSearch({ value, onSearch }: { value: string; onSearch: (serial: string) => void }) {
  return (
    <SettledSearch
      label="Search by serial number"
      placeholder="Serial number"
      shortcut="/"
      className="min-w-0 flex-1 basis-40 sm:w-52 sm:flex-none"
      autoCapitalize="characters"
      value={value}
      as={asSerial}
      onSearch={onSearch}
    />
  );
}
