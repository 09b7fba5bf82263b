#!/bin/sh
# Installs what the tests need and a machine with Go, Node.js and make may lack. Does nothing where all is there.
set -eu

have_postgres() {
  command -v initdb >/dev/null 2>&1 && return
  for initdb in /usr/lib/postgresql/*/bin/initdb; do
    [ -x "$initdb" ] && return
  done
  return 1
}
have_pgbouncer() { command -v pgbouncer >/dev/null 2>&1 || [ -x /usr/sbin/pgbouncer ]; }
have_shell() { [ -x "${E2E_CHROMIUM:-/usr/bin/chromium-headless-shell}" ]; }
# -race needs a C compiler that links.
have_compiler() { echo 'int main(void) { return 0; }' | cc -x c -o /dev/null - 2>/dev/null; }

packages=
have_postgres || packages="$packages postgresql"
have_pgbouncer || packages="$packages pgbouncer"
have_shell || packages="$packages chromium-headless-shell"
have_compiler || packages="$packages gcc libc6-dev"
[ -n "$packages" ] || exit 0
# Chromium itself does as well as its headless shell, only not as fast: where it is there, nothing is asked for, and an installation may fail.
if [ "$packages" = " chromium-headless-shell" ] && [ -x /usr/bin/chromium ]; then
  command -v apt-get >/dev/null 2>&1 || exit 0
  trap 'exit 0' EXIT
fi

if ! command -v apt-get >/dev/null 2>&1; then
  cat >&2 <<EOF
The tests need programs that are not on this machine. Their Debian packages are called:$packages
This is no Debian system, so install them its own way:
  postgresql        PostgreSQL's server programs, initdb in PATH (it need not run; the tests start their own)
  pgbouncer         PgBouncer, a connection pooler, in PATH or /usr/sbin (it need not run either)
  chromium-headless-shell   or Chromium or Chrome; name it in E2E_CHROMIUM if it is not /usr/bin/chromium
  gcc libc6-dev     a C compiler called cc, for Go's race detector
EOF
  exit 1
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "The tests need these packages; install them as root: apt-get install$packages" >&2
    exit 1
  fi
  as_root=sudo
fi
echo "installing$packages"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q
# shellcheck disable=SC2086 # words on purpose
$as_root apt-get install -y -q --no-install-recommends $packages
