# shellcheck shell=bash
# What must hold for the tracked files themselves. Needs say.sh, apt.sh and `root`, the checkout.
: "${root:?}"

readonly TRACKED_FILE_LIMIT_BYTES=1048576
# Where packages come from is the business of the machine that builds, never of the repository. (Written so that
# this line does not match itself.)
readonly REGISTRY_HOSTS='repo[.]maven[.]apache[.]org|repo1[.]maven[.]org|registry[.]npmjs[.]org|deb[.]debian[.]org'

check_hygiene() { # check_hygiene LOG
  local files=() scripts=() file status=0
  if ! _git rev-parse --git-dir >/dev/null 2>&1; then
    say "  no git checkout: nothing is tracked, nothing to check"
    return 0
  fi
  while IFS= read -r -d '' file; do
    if [[ -f $root/$file && ! -L $root/$file ]]; then files+=("$file"); fi
  done < <(_git ls-files -z)
  ((${#files[@]})) || return 0
  cd "$root" || return
  for file in "${files[@]}"; do
    if (($(stat -c %s -- "$file") > TRACKED_FILE_LIMIT_BYTES)); then
      warn "$file: larger than $TRACKED_FILE_LIMIT_BYTES bytes"
      status=1
    fi
    if [[ ${file##*/} == package-lock.json ]] && grep -Hn -m 1 '"resolved":' -- "$file" >&2; then
      warn "$file: names where packages were fetched; make it with npm's omit-lockfile-registry-resolved"
      status=1
    fi
    if [[ $file == *.sh ]] || head -n 1 -- "$file" 2>/dev/null | grep -qaE '^#!.*[/ ](ba|da)?sh\b'; then
      scripts+=("$file")
    fi
  done
  if printf '%s\0' "${files[@]}" | xargs -0 grep -HnIE -- "$REGISTRY_HOSTS" >&2; then
    warn "the lines above name a package registry"
    status=1
  fi
  _check_scripts "$1" "${scripts[@]}" || status=1
  if ((status == 0)); then say "  ${#files[@]} files, of which ${#scripts[@]} shell scripts"; fi
  return "$status"
}

_check_scripts() { # _check_scripts LOG SCRIPT…
  local log=$1
  shift
  (($#)) || return 0
  if ! command -v shellcheck >/dev/null && may_install; then
    install_packages "$log" shellcheck || true
  fi
  if command -v shellcheck >/dev/null; then
    shellcheck -- "$@"
  else
    say "  shellcheck is not installed: the scripts go unchecked"
  fi
}

# Whoever owns the checkout: a build machine often runs as somebody else.
_git() { git -C "$root" -c safe.directory="$root" "$@"; }
