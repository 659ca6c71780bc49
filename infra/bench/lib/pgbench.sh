# shellcheck shell=bash
# PostgreSQL's own load generator. The one on the machine; else Debian's, unpacked beside the build and not installed, since
# its package would start a database server. Needs say.sh, apt.sh and `root`, the checkout.
# shellcheck disable=SC2034 # what this sets
: "${root:?}"

# find_pgbench LOG: sets PGBENCH to a program that runs.
find_pgbench() {
  local unpacked=$root/target/pgbench found
  for found in /usr/lib/postgresql/*/bin/pgbench "$(command -v pgbench || true)" "$unpacked/pgbench"; do
    if [[ -x $found ]] && "$found" --version >/dev/null 2>&1; then
      PGBENCH=$found
      return 0
    fi
  done
  may_install || die "\`pgbench\` is missing; it comes with PostgreSQL (Debian: apt-get install postgresql)"
  phase "unpacking pgbench" "$1" _unpack_pgbench "$unpacked" || die "pgbench could not be had from Debian's packages"
  PGBENCH=$unpacked/pgbench
}

# The package postgresql asks for the version that Debian has. A script in front finds libpq where it was unpacked.
_unpack_pgbench() (
  package=$(LC_ALL=C apt-cache depends postgresql | sed -nE 's/^ *Depends: (postgresql-[0-9]+)$/\1/p' | head -n 1)
  [[ -n $package ]] || exit
  rm -rf "$1" && mkdir -p "$1" && cd "$1" || exit
  apt-get -q download "$package" libpq5 || exit
  for file in ./*.deb; do
    dpkg -x "$file" . || exit
  done
  rm -f ./*.deb
  printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s "$@"\n' "$(echo "$1"/usr/lib/*-linux-gnu)" \
    "$(echo "$1"/usr/lib/postgresql/*/bin/pgbench)" >pgbench
  chmod +x pgbench
)
