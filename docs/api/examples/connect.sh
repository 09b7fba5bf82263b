#!/bin/sh
# The four steps of the token exchange, here with the simulated portal in the place of business.apple.com.
# Usage: connect.sh NAME    (also needs PORTAL_URL, such as http://127.0.0.1:8081/portal). Prints the ABM token's id.
. "$(dirname "$0")/lib.sh"
name=${1:?a name for the MDM server}
: "${PORTAL_URL:?such as http://127.0.0.1:8081/portal}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# 1. GuardMDM makes a key pair and gives its public certificate.
generated=$(graphql generate-token.graphql --arg name "$name")
id=$(printf "%s\n" "$generated" | jq -r .generateABMToken.abmToken.id)
printf "%s\n" "$generated" | jq -r .generateABMToken.certificatePEM >"$work/certificate.pem"

# 2. In ABM: add an MDM server, upload the certificate.
server=$(curl -sSf -H 'Accept: application/json' -F "name=$name" -F "certificate=@$work/certificate.pem" "$PORTAL_URL/servers" | jq -r .id)

# 3. In ABM: download its server token.
curl -sSf -X POST -o "$work/token.p7m" "$PORTAL_URL/servers/$server/token"

# 4. GuardMDM takes the server token.
graphql upload-token.graphql --arg id "$id" --arg file "$(base64 <"$work/token.p7m" | tr -d '\n')" >&2
echo "$id"
