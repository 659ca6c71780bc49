# shellcheck shell=bash
# Node.js and npm, new enough to build the web client. Needs say.sh, apt.sh.

readonly NODE_LEAST=20

# need_node LOG: node and npm are on PATH, or one line says what is missing.
need_node() {
  _has_node && return 0
  # Never an older one than we need: that would only hide a better one installed later.
  if may_install && (($(apt_major nodejs) >= NODE_LEAST)); then
    install_packages "$1" nodejs npm || true
    _has_node && return 0
  fi
  die "no Node.js ≥ $NODE_LEAST with npm on PATH; install it"
}

_has_node() {
  local version
  command -v npm >/dev/null && version=$(node --version 2>/dev/null) || return 1
  version=${version#v}
  ((${version%%.*} >= NODE_LEAST))
}
