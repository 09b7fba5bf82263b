import { SetupStart } from "../features/setup/SetupStart";

export function SetupStartPage() {
  return <SetupStart />;
}
