#!/bin/sh
# The tests that find more the longer they run: one line for each kind. `make soak` calls it.
#   DURATION  how long each kind runs that takes a time (10m)
#   KILLS     how often each database's servers are killed (200)
#   SEED      the seed of a run that failed, to have the same random choices again
set -eu
cd "$(dirname "$0")/.."

duration=${DURATION:-10m}
kills=${KILLS:-200}
if [ -n "${SEED:-}" ]; then
  export GUARDMDM_TEST_SEED="$SEED"
fi

echo "=== process kills: $kills for each database"
GUARDMDM_TEST_KILLS="$kills" go test -count=1 -timeout 0 -v -run '^TestKill$' ./test/kill

echo "=== three replicas, random faults for $duration"
GUARDMDM_TEST_DURATION="$duration" go test -count=1 -timeout 0 -v -run '^TestChaos$' ./test/replicas

echo "=== convergence by random seeds: $duration for each database"
GUARDMDM_TEST_CONVERGENCE="$duration" GUARDMDM_TEST_CONVERGENCE_SEEDS="${SEED:-}" go test -count=1 -timeout 0 -v -run '^TestConvergence$' ./test/convergence
