#!/bin/sh
# gofmt over our Go files: -l fails when one is not formatted, -w formats them.
set -eu
cd "$(dirname "$0")/.."

files=$(find . -name '*.go' -not -path './frontend/node_modules/*' -not -path './.tmp/*')
# shellcheck disable=SC2086 # words on purpose: no Go file's name has a space
found=$(gofmt "$1" $files)
if [ -n "$found" ]; then
  echo "not formatted (make fmt does it):" >&2
  echo "$found" >&2
  exit 1
fi
