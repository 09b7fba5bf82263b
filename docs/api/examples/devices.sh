#!/bin/sh
# Lists the devices of an ABM token, page by page, one JSON line each. Usage: devices.sh ABM_TOKEN_ID
. "$(dirname "$0")/lib.sh"
id=${1:?the id of an ABM token}
after=null
while :; do
  page=$(graphql devices.graphql --arg id "$id" --argjson after "$after")
  printf "%s\n" "$page" | jq -c '.devices.nodes[]'
  [ "$(printf "%s\n" "$page" | jq .devices.pageInfo.hasNextPage)" = true ] || break
  after=$(printf "%s\n" "$page" | jq .devices.pageInfo.endCursor)
done
