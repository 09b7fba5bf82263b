#!/bin/sh
# Starts a sync and watches it to its end by server-sent events. Usage: sync.sh ABM_TOKEN_ID [full]
. "$(dirname "$0")/lib.sh"
id=${1:?the id of an ABM token}
graphql start-sync.graphql --arg id "$id" --argjson full "$([ "${2:-}" = full ] && echo true || echo false)" >&2
request sync-progress.graphql --arg id "$id" |
  curl -sSN "$GUARDMDM_URL/graphql" -H "Authorization: Bearer $GUARDMDM_TOKEN" -H 'Content-Type: application/json' \
    -H 'Accept: text/event-stream' -d @- |
  sed -n 's/^data: *//p' | jq -c 'select(.data) | .data.syncProgress'
