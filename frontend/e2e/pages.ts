/** Every page of the dashboard: each has to bear a role that may less, a server that fails, one that is away, and one that is slow. */
export const pages: readonly {
  path: string /** It needs no answer of the server to be of use. */;
  standsAlone?: true;
}[] = [
  { path: "/" },
  { path: "/devices" },
  { path: "/devices/ANY" },
  { path: "/groups" },
  { path: "/groups/new?kind=smart", standsAlone: true },
  { path: "/groups/grp_1" },
  { path: "/profiles" },
  { path: "/profiles/pro_1" },
  { path: "/defaults" },
  { path: "/assignments" },
  { path: "/assignments/bat_1" },
  { path: "/commands" },
  { path: "/commands/cmb_1" },
  { path: "/sync" },
  { path: "/sync/run_zzz" },
  { path: "/troubleshooting" },
  { path: "/troubleshooting?serial=ANY" },
  { path: "/settings/abm" },
  { path: "/settings/abm/abm_1/renew" },
  { path: "/settings/mdm" },
  { path: "/settings/people" },
  { path: "/settings/api" },
  { path: "/settings/api/schema", standsAlone: true },
  { path: "/settings/audit" },
  { path: "/settings/account", standsAlone: true },
];
