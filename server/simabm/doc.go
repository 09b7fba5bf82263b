// Package simabm is a simulated Apple Business Manager: Apple's device assignment service, spoken by MDM servers, and
// the portal that administrators use. It serves demonstrations, and load and fault tests of any client. It knows
// nothing of the client: it imports the standard library and a clock.
//
// # Use
//
//	sim, err := simabm.New(simabm.Options{Seed: 1, Devices: 10_000})
//	http.ListenAndServe("127.0.0.1:9443", sim.Handler())
//
// Paths below /portal/ are the portal, all others Apple's service. The handler may be mounted below any prefix with
// http.StripPrefix. The OAuth signature of GET /session covers the URL that the client asked for: the scheme of the
// connection (https is tried as well, in case a proxy ended TLS), the Host header and the path of the request line,
// which StripPrefix leaves alone. Headers of proxies are never believed.
//
// Everything that the portal can do is a method as well: AddServer, DownloadToken, Assign, Release and so on.
// Server.Inventory is the truth that a client's copy has to equal.
//
// # Service
//
//	GET              /session                     OAuth 1.0a, HMAC-SHA1, clock skew up to 5 minutes, nonces once
//	GET              /account
//	POST             /server/devices              fetch
//	POST             /devices/sync                sync
//	POST             /devices                     details
//	POST             /devices/disown
//	GET              /device/replacementDetails
//	GET, POST        /profile
//	POST, PUT, DELETE /profile/devices
//
// Refusals are Apple's codes as bare text. Fields depend on X-Server-Protocol-Version, up to 10. Where Apple's
// behaviour is unknown the simulator chooses: a limit above 1000 counts as 1000, one below 1 is
// MALFORMED_REQUEST_BODY, and so are more than 1000 devices in an assignment; a cursor of an unfinished fetch is
// INVALID_CURSOR for sync; assigning a profile makes a `modified` event; a token stays usable after its server's
// public key was replaced, until the next download.
//
// # Cursors
//
// A cursor holds its whole meaning, sealed. Answering uses nothing up, so an answer that was lost can be asked for
// again. A fetch walks the devices that were on the server when it began, in the order they came; the cursor of its
// last page tells sync to go on from the event that was next at that beginning. Hence fetch and the sync after it
// together are the truth, whatever changes meanwhile, and a complete fetch names every device that was there all
// along.
//
// Operations on one device never share a second, since clients order them by op_date: the second of two in one
// second is dated a second later, so under heavy churn op_date can run ahead of the clock.
//
// # Faults
//
// See Fault and ParseFaults. Faults of the answer (429, 503, HTML, refusals) keep the request from being carried
// out; faults of the way back (resets, cut-off and slow bodies) come after it was carried out.
//
// # Portal
//
// Forms are application/x-www-form-urlencoded or multipart/form-data. Browsers get a 303 to a page; requests with
// "Accept: application/json" get JSON, and errors as {"error": "..."}. Fields in brackets are optional; org is an
// organization's id, by default the first one's. Bodies are limited to 1 MiB, a CSV file to 64 MiB. Posts from
// pages of other origins are refused.
//
//	GET  /portal/                            [org]                   organization with its servers
//	GET  /portal/servers/{id}                                        one server
//	GET  /portal/devices                     [org q where family after]  at most 100; where is none or a server's id
//	GET  /portal/devices/{serial}                                    one device
//	POST /portal/organizations               name
//	POST /portal/terms                       accepted=true|false [org]
//	POST /portal/purchases                   count [org]
//	POST /portal/defaults                    family server [org]     an empty server ends the default
//	POST /portal/servers                     name certificate [org]  certificate: PEM, as a file or as text
//	POST /portal/servers/{id}                [name release_allowed access_denied]
//	POST /portal/servers/{id}/certificate    certificate
//	POST /portal/servers/{id}/token          [quirk]                 the .p7m file; JSON: filename, contentBase64
//	POST /portal/servers/{id}/token/revoke
//	POST /portal/devices/assign              server serial...        also moves devices
//	POST /portal/devices/assign-count        server count            the oldest unassigned ones
//	POST /portal/devices/csv                 server file             one serial number a row, as a file or as text
//	POST /portal/devices/unassign            serial...
//	POST /portal/devices/activate            serial...
//	POST /portal/devices/release             serial...               from the organization, for good
//	POST /portal/devices/replace             serial                  by a new unit, as the service counter does
//	POST /portal/devices/edit                serial [asset_tag color description mdm_migration_deadline]
//
// With curl:
//
//	curl -H 'Accept: application/json' -F name=GuardMDM -F certificate=@cert.pem http://127.0.0.1:9443/portal/servers
//	curl -OJ -X POST http://127.0.0.1:9443/portal/servers/ID/token
//	curl -d server=ID -d count=100 http://127.0.0.1:9443/portal/devices/assign-count
//	curl -F server=ID -F file=@serials.csv http://127.0.0.1:9443/portal/devices/csv
package simabm
