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

stage "front end: format, types, unit tests"
(cd frontend && npm run --silent lint && npm run --silent typecheck && npm run --silent test)

stage "Go: format and vet"
scripts/gofmt.sh -l
go vet ./...

stage "Go: tests with the race detector, SQLite and PostgreSQL"
# shellcheck disable=SC2046 # words on purpose
CGO_ENABLED=1 go test -race -timeout 20m $(go list ./... | grep -v '/test/convergence$')

stage "Go: convergence, by seeds (printed)"
log=$(mktemp)
CGO_ENABLED=1 go test -race -count=1 -timeout 20m -v -run TestConvergence ./test/convergence >"$log" || { cat "$log"; rm "$log"; exit 1; }
grep ' seeds in ' "$log"
rm "$log"
CGO_ENABLED=1 go test -race -timeout 5m -skip TestConvergence ./test/convergence

stage "Go: services through PgBouncer in transaction mode"
GUARDMDM_TEST_POOLER=1 go test -count=1 -timeout 10m -run '/postgres' ./server/session ./server/progress ./server/inventory
GUARDMDM_TEST_POOLER=1 go test -count=1 -timeout 10m -run '(FullThenDelta|FullFetchSweeps|MoveBetween|SecondStart|Cancel|Resume)/postgres' ./server/syncer

stage "Go: times in another time zone"
# shellcheck disable=SC2086 # words on purpose
TZ=America/New_York go test -count=1 -timeout 10m ${TZ_PACKAGES:?make test sets it}

stage "browser: the built program in Chromium"
make --no-print-directory build
(cd frontend && npm run --silent e2e)

finish
