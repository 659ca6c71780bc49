# shellcheck shell=bash
# A JDK new enough to build and run everything. Needs say.sh, apt.sh.

readonly JDK_LEAST=25

# need_jdk LOG: JAVA_HOME is exported and its bin leads PATH, or one line says what is missing.
need_jdk() {
  local home
  if ! home=$(_find_jdk) && may_install && (($(apt_major "openjdk-$JDK_LEAST-jdk-headless") >= JDK_LEAST)); then
    install_packages "$1" "openjdk-$JDK_LEAST-jdk-headless" || true
  fi
  [[ -n $home ]] || home=$(_find_jdk) ||
    die "no JDK ≥ $JDK_LEAST in JAVA_HOME, PATH or /usr/lib/jvm; install one, or set JAVA_HOME"
  export JAVA_HOME=$home PATH=$home/bin:$PATH
}

# The first that is new enough: JAVA_HOME, then PATH, then Debian's place for them.
_find_jdk() {
  local home java
  if [[ -n ${JAVA_HOME:-} ]] && _is_new_jdk "$JAVA_HOME"; then
    printf '%s' "$JAVA_HOME"
    return 0
  fi
  while read -r java; do
    home=$(dirname -- "$(dirname -- "$(readlink -f -- "$java")")")
    if _is_new_jdk "$home"; then
      printf '%s' "$home"
      return 0
    fi
  done < <(type -ap javac || true)
  for home in /usr/lib/jvm/*; do
    if _is_new_jdk "$home"; then
      printf '%s' "$home"
      return 0
    fi
  done
  return 1
}

_is_new_jdk() {
  local major=
  [[ -x $1/bin/javac && -x $1/bin/java ]] || return 1
  [[ ! -r $1/release ]] || major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [[ -n $major ]] || major=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  [[ -n $major ]] && ((major >= JDK_LEAST))
}
