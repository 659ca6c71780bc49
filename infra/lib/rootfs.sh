# shellcheck shell=bash
# The root file system that the first workspace image is built on, as an image in the engine. Made here from
# Debian's packages, so that no public hub is needed. Needs say.sh, lock.sh, apt.sh, engine.sh.

readonly ROOTFS_REPOSITORY=trailer-rootfs
readonly ROOTFS_SUITE=bookworm
readonly ROOTFS_IMAGE=$ROOTFS_REPOSITORY:$ROOTFS_SUITE
# What a person expects at a shell and git needs; everything else belongs in an image of one's own.
readonly ROOTFS_PACKAGES=bash,git,ca-certificates,curl,procps,less,vim-tiny,openssh-client
# Where Debian's packages cannot be had: a public image with the same at its core.
readonly ROOTFS_FALLBACK=buildpack-deps:bookworm-scm

rootfs_exists() { engine_api GET "/images/$ROOTFS_IMAGE/json" >/dev/null 2>&1; }

# After this the image is in the engine, or the script has ended with one line. LOG takes the details.
ensure_rootfs() { # ensure_rootfs LOG
  rootfs_exists && return 0
  with_lock "$(machine_lock rootfs)" "another start is making $ROOTFS_IMAGE" _make_rootfs "$1"
}

_make_rootfs() {
  local log=$1
  rootfs_exists && return 0
  if ! command -v mmdebstrap >/dev/null && may_install; then
    install_packages "$log" mmdebstrap || true
  fi
  if command -v mmdebstrap >/dev/null; then
    phase "making $ROOTFS_IMAGE from Debian packages" "$log" _bootstrap_rootfs && return 0
  fi
  phase "pulling $ROOTFS_FALLBACK instead" "$log" _pull_rootfs && return 0
  die "no $ROOTFS_IMAGE: needs mmdebstrap and a Debian mirror, or an engine that can pull $ROOTFS_FALLBACK"
}

# The name is given last, to a complete image, so an interrupted import leaves nothing that looks finished.
# A subshell, for its own trap: the tarball (some 250 MB) is not kept, whatever happens.
_bootstrap_rootfs() (
  dir=$(mktemp -d "${TMPDIR:-/tmp}/trailer-rootfs.XXXXXX") || exit
  trap 'rm -rf "$dir"' EXIT
  mmdebstrap --variant=minbase --include="$ROOTFS_PACKAGES" "$ROOTFS_SUITE" "$dir/rootfs.tar" || exit
  # changes=CMD ["/bin/bash"]
  engine_api POST '/images/create?fromSrc=-&changes=CMD%20%5B%22%2Fbin%2Fbash%22%5D' \
    -H 'Content-Type: application/x-tar' -T "$dir/rootfs.tar" >"$dir/answer" || exit
  cat "$dir/answer"
  id=$(grep -o 'sha256:[0-9a-f]\{64\}' "$dir/answer" | tail -n 1) || exit
  _name_rootfs "$id"
)

# The engine answers 200 before it knows whether the pull succeeds; that the name can be given says it did.
_pull_rootfs() {
  engine_api POST "/images/create?fromImage=${ROOTFS_FALLBACK%:*}&tag=${ROOTFS_FALLBACK#*:}" &&
    _name_rootfs "$ROOTFS_FALLBACK"
}

_name_rootfs() { # _name_rootfs IMAGE
  engine_api POST "/images/$1/tag?repo=$ROOTFS_REPOSITORY&tag=$ROOTFS_SUITE"
}
