#!/bin/sh
# Every test, stage by stage; the first failure ends it. `make test` calls it when what it needs is there.
set -eu
cd "$(dirname "$0")/.."

summary=
passed=0
current=
begin=0

stage() {
  finish
  current=$1
  begin=$(date +%s)
  echo
  echo "=== $current"
}

finish() {
  [ -n "$current" ] || return 0
  passed=$((passed + 1))
  summary="$summary
  passed  $current ($(($(date +%s) - begin)) s)"
  current=
}

report() {
  status=$?
  echo
  echo "Stages:$summary"
  if [ "$status" -ne 0 ]; then
    echo "  FAILED  ${current:-preparation}"
    echo "$passed passed, 1 failed"
  else
    echo "$passed passed, 0 failed"
  fi
  exit "$status"
}
trap report EXIT

# Two builds of everything suffice: the one of the race detector, and the one that `make build` ships, which everything else shares.
# vet has looked at all packages by then, tests too, so `go test` need not do so again (it would, at all they import as well).
#
# SQLite is C translated to Go. Its memory is not Go's, so the race detector sees nothing of it: instrumenting it would find nothing,
# compile for minutes and make each query several times slower. The driver is instrumented: what it is given and gives is watched.
race() {
  CGO_ENABLED=1 go test -race -vet=off -gcflags=modernc.org/sqlite/lib=-race=false -gcflags=modernc.org/libc=-race=false "$@"
}

shipped() {
  CGO_ENABLED=0 go test -trimpath -vet=off "$@"
}

stage "front end: format, types, unit tests"
(cd frontend && npm run --silent lint && npm run --silent typecheck && npm run --silent test)

stage "Go: format and vet"
scripts/gofmt.sh -l
CGO_ENABLED=0 go vet -trimpath ./...

stage "Go: tests with the race detector, SQLite and PostgreSQL"
# shellcheck disable=SC2046 # words on purpose
race -timeout 20m $(go list ./... | grep -v '/test/convergence$')

stage "Go: convergence, by seeds (printed)"
log=$(mktemp)
# SQLite is instrumented here as well: its time is part of the order in which things happen, and the seeds on file were found with it.
CGO_ENABLED=1 go test -race -vet=off -count=1 -timeout 20m -v -run TestConvergence ./test/convergence >"$log" || { cat "$log"; rm "$log"; exit 1; }
grep ' seeds in ' "$log"
rm "$log"
race -timeout 5m -skip TestConvergence ./test/convergence

stage "Go: services through PgBouncer in transaction mode"
(
  export GUARDMDM_TEST_POOLER=1
  shipped -count=1 -timeout 10m -run '/postgres' ./server/session ./server/progress ./server/inventory
  shipped -count=1 -timeout 10m -run '(FullThenDelta|FullFetchSweeps|MoveBetween|SecondStart|Cancel|Resume)/postgres' ./server/syncer
)

stage "Go: times in another time zone"
(
  export TZ=America/New_York
  # shellcheck disable=SC2086 # words on purpose
  shipped -count=1 -timeout 10m ${TZ_PACKAGES:?make test sets it}
)

stage "browser: the built program in Chromium"
make --no-print-directory build
(cd frontend && npm run --silent e2e)

finish
