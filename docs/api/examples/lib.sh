# Shared by the examples. They need curl and jq, and these variables:
#   GUARDMDM_URL    the server, such as http://127.0.0.1:8080
#   GUARDMDM_TOKEN  an API token: guardmdm api-token create --name examples --role admin
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${GUARDMDM_URL:?such as http://127.0.0.1:8080}" "${GUARDMDM_TOKEN:?an API token}"

# request FILE [JQ_ARGUMENT...] makes the JSON body of the operation in FILE; the arguments define its variables.
request() {
  file=$1
  shift
  jq -cn --rawfile query "$here/$file" "$@" '{query: $query, variables: ($ARGS.named | del(.query))}'
}

# graphql FILE [JQ_ARGUMENT...] calls the API and prints `data`; errors of either channel end the script.
graphql() {
  request "$@" |
    curl -sS "$GUARDMDM_URL/graphql" -H "Authorization: Bearer $GUARDMDM_TOKEN" -H 'Content-Type: application/json' -d @- |
    jq -e 'if .errors then error(.errors | tostring) else .data end
           | if any(.[]?; (objects | .userErrors // []) != []) then error(tostring) else . end'
}
