import { useState } from "react";
import { TextInput } from "../../ui/TextInput";

const typeFrom = 1_000; // what takes profiles from more devices than these has their number typed

/** For what is done to many devices: their number has to be typed. `above` says from how many on. */
export function useTypedCount(count: number | undefined, above = typeFrom) {
  return useTyped(count !== undefined && count > above ? String(count) : undefined, "numeric");
}

/** For what has to be meant: a number or a name is typed. */
export function useTyped(wanted: string | undefined, inputMode: "numeric" | "text" = "text") {
  const [typed, setTyped] = useState("");
  const plain = inputMode === "numeric" ? typed.replaceAll(",", "") : typed.toUpperCase();
  const missing = wanted !== undefined && plain.trim() !== wanted;
  return {
    missing,
    /** Why the button cannot be pressed yet. */
    reason: missing ? `Type ${wanted} first` : undefined,
    field: wanted !== undefined && (
      <TextInput
        label={`Type ${wanted} to confirm`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="off"
        inputMode={inputMode}
        spellCheck={false}
      />
    ),
  };
}
