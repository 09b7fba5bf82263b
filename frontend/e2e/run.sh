#!/bin/sh
# Runs the browser tests against a real server: E2E_BASE_URL if it is set, else the built program with its demo.
# Usage: frontend/e2e/run.sh [Playwright's arguments]
set -eu
cd "$(dirname "$0")/../.."

if [ -n "${E2E_BASE_URL:-}" ]; then
  cd frontend
  exec npx --no-install playwright test "$@"
fi

work=$(mktemp -d)
server=
cleanup() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

free_port() { node -e "const s = require('node:net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close(); })"; }
port=$(free_port)
GUARDMDM_LISTEN=127.0.0.1:$port GUARDMDM_SIM_LISTEN=127.0.0.1:0 \
  "${E2E_BINARY:-bin/guardmdm}" demo >"$work/log" 2>&1 &
server=$!

E2E_BASE_URL=http://127.0.0.1:$port
export E2E_BASE_URL
tries=0
until node -e "fetch('$E2E_BASE_URL/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"; do
  tries=$((tries + 1))
  if ! kill -0 "$server" 2>/dev/null || [ "$tries" -ge 120 ]; then
    echo "the server did not become ready:" >&2
    cat "$work/log" >&2
    exit 1
  fi
  sleep 0.5
done

cd frontend
status=0
npx --no-install playwright test "$@" || status=$?
if [ "$status" -ne 0 ]; then
  echo "the server's log:" >&2
  tail -50 "$work/log" >&2
fi
exit "$status"
