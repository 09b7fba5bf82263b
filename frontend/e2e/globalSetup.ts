import { freePort, Program } from "./program";

/** Starts the demo that most tests look at. Its address and sign-in are in the environment of the tests. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const [demo, [url, portal, password, token]] = await Program.start(
    ["demo"],
    { GUARDMDM_LISTEN: `127.0.0.1:${await freePort()}`, GUARDMDM_SIM_LISTEN: "127.0.0.1:0" },
    [/Dashboard +(http:\S+)/, /Simulated ABM +(http:\S+)/, /Password +(\S+)/, /API token \(admin\) +(\S+)/],
  );
  process.env.E2E_BASE_URL = url;
  process.env.E2E_PORTAL_URL = portal;
  process.env.E2E_PASSWORD = password;
  process.env.E2E_TOKEN = token;
  return () => demo.kill();
}
