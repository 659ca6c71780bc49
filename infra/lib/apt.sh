# shellcheck shell=bash
# Installing what is missing, where we may: Debian (or a child of it) and root. Needs say.sh.

# How long to wait for another apt or dpkg on this machine.
readonly APT_LOCK_WAIT_SECONDS=300

may_install() { [[ $(id -u) == 0 && -e /etc/debian_version ]] && command -v apt-get >/dev/null; }

# install_packages LOG PACKAGE… ; fails, with the log's tail shown, when apt does.
install_packages() {
  local log=$1
  shift
  phase "installing $*" "$log" _apt_install "$@"
}

# The lists are fetched only when the install fails without: they are mostly there, and the mirror may be slow.
# A broken third-party source must not keep us from Debian's packages: the second install decides, not the update.
_apt_install() {
  _apt install --no-install-recommends "$@" && return 0
  _apt update || true
  _apt install --no-install-recommends "$@"
}

# Both locks closed (lock.sh): a package may start its service, which then outlives us.
_apt() {
  DEBIAN_FRONTEND=noninteractive apt-get -q -y -o "DPkg::Lock::Timeout=$APT_LOCK_WAIT_SECONDS" "$@" 8>&- 9>&-
}

# apt_major PACKAGE: the major version that could be installed, 0 when none.
apt_major() {
  local version
  version=$(_apt_candidate "$1")
  if [[ -z $version ]]; then
    _apt update >/dev/null 2>&1 || true
    version=$(_apt_candidate "$1")
  fi
  printf '%s' "${version:-0}"
}
_apt_candidate() { LC_ALL=C apt-cache policy "$1" | sed -nE 's/^ *Candidate: ([0-9]+:)?([0-9]+).*/\2/p'; }

# need_command COMMAND PACKAGE LOG: there afterwards, or one line saying what is missing.
need_command() {
  command -v "$1" >/dev/null && return 0
  may_install || die "\`$1\` is missing; install it (Debian: apt-get install $2)"
  if install_packages "$3" "$2" && command -v "$1" >/dev/null; then return 0; fi
  die "\`$1\` is missing and the Debian package $2 could not be installed"
}
