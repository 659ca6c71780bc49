# shellcheck shell=bash
# Builds the server's jar with the web client in it, and the agent's, when their inputs changed. Needs say.sh, lock.sh,
# apt.sh, jdk.sh, node.sh, and `root`, the checkout. Below, PROGRAM is `trailer`, the server, or `trailer-agent`.
: "${root:?}"

declare -rA BUILD_JARS=([trailer]=$root/infra/app/target/trailer.jar
  [trailer-agent]=$root/agent/main/target/trailer-agent.jar)
readonly BUILD_LOG=$root/target/build.log
# The paths of all sources at the last build, tests included.
readonly BUILD_PATHS=$root/target/build.paths

# A name for the contents of everything that goes into the jar. Not tests, not what a build itself makes.
build_stamp() {
  (cd "$root" && build_inputs | tr '\n' '\0' | xargs -0 sha256sum | sha256sum | cut -c 1-16)
}

# Their paths, relative to the checkout. `target` and the like may be names of packages below a src.
build_inputs() {
  find . \( -path ./.git -o -path ./data -o -path ./infra/bench -o \
    \( -name target -o -name node_modules -o -name dist \) -not -path '*/src/*' \) -prune -o \
    -type f \( -name pom.xml -o -path './.mvn/*' -o -path '*/src/main/*' -o -path './webui/*' -o \
    -name 'openapi*.json' -o -path ./infra/lib/build.sh \) \
    -not -name '*.gen.ts' -not -name '*.tsbuildinfo' -print | LC_ALL=C sort
}

# ensure_jar PROGRAM DIR: sets JAR to a copy in DIR of the jar of the present sources, building it first if need be. A
# copy, because the next build writes over the original, and a running JVM reads its jar for as long as it lives.
# The caller holds DIR for itself alone.
ensure_jar() {
  local program=$1 stamp
  stamp=$(build_stamp)
  JAR=$2/$program-$stamp.jar
  if [[ -n ${TRAILER_BUILDING:-} ]]; then
    # Called from within a verify, which holds the lock and has built these sources.
    [[ $TRAILER_BUILDING == "$stamp" && -f ${BUILD_JARS[$program]} ]] ||
      die "the sources changed while they were being verified"
    [[ -f $JAR ]] || _copy_jar "$program" || die "cannot write $JAR"
    say "  nothing changed since the last build"
  elif [[ -f $JAR && $(_recorded_stamp "$program") == "$stamp" ]]; then
    say "  nothing changed since the last build"
  else
    mkdir -p "$root/target"
    with_lock "$root" "another build of this checkout" _build_and_copy "$program" "$stamp" || die "the build failed"
  fi
  # A stamp is sixteen long.
  find "$2" -maxdepth 1 -name "$program-????????????????.jar*" -not -name "${JAR##*/}" -delete
}

_build_and_copy() {
  if _is_built "$@"; then
    say "  nothing changed since the last build"
  else
    build "$@" || return
  fi
  [[ -f $JAR ]] || _copy_jar "$1"
}

_copy_jar() { cp --reflink=auto -- "${BUILD_JARS[$1]}" "$JAR.part" && mv -f -- "$JAR.part" "$JAR"; }

_is_built() {
  [[ -f ${BUILD_JARS[$1]} && -r $(_build_record "$1") && $(<"$(_build_record "$1")") == "$2 $(_jar_identity "$1")" ]]
}

# What a program's jar was built from, and which file that made: "STAMP JAR-IDENTITY".
_build_record() { printf '%s/target/build-%s.stamp' "$root" "$1"; }

_recorded_stamp() { [[ ! -r $(_build_record "$1") ]] || cut -d ' ' -f 1 "$(_build_record "$1")"; }

_jar_identity() { stat -c '%s-%.9Y' -- "${BUILD_JARS[$1]}"; }

# To be called with the lock on `root` held. Whoever changes a source meanwhile gets another build next time.
build() { # build PROGRAM STAMP
  : >"$BUILD_LOG"
  case $1 in
    trailer)
      _build_web_client || return
      _build_with_maven "building the server" infra/app || return
      ;;
    # A host needs no Node for it.
    trailer-agent) _build_with_maven "building the agent" agent/main || return ;;
  esac
  record_build "$@"
}

_build_web_client() {
  [[ -f $root/webui/package.json ]] || return 0
  need_node "$BUILD_LOG"
  if ! _web_dependencies_fit; then
    phase "fetching the web client's dependencies" "$BUILD_LOG" web_dependencies || return
  fi
  phase "building the web client" "$BUILD_LOG" web_build
}

_build_with_maven() { # _build_with_maven TEXT MODULE
  need_command mvn maven "$BUILD_LOG"
  forget_removed_sources
  phase "$1" "$BUILD_LOG" mvn -B -q -f "$root/pom.xml" -DskipTests -pl "$2" -am package
}

# record_build PROGRAM STAMP: the jar there is made from these sources.
record_build() {
  [[ -f ${BUILD_JARS[$1]} ]] || die "the build left no ${BUILD_JARS[$1]}"
  _source_paths >"$BUILD_PATHS"
  printf '%s %s\n' "$2" "$(_jar_identity "$1")" >"$(_build_record "$1")"
}

# Maven leaves among its classes the copy of a resource that is gone: a migration renamed would be there twice.
forget_removed_sources() {
  [[ -r $BUILD_PATHS ]] || return 0
  if [[ -n $(LC_ALL=C comm -23 "$BUILD_PATHS" <(_source_paths)) ]]; then
    find "$root" -name node_modules -prune -o -type d \
      \( -path '*/target/classes' -o -path '*/target/test-classes' \) -prune -exec rm -rf {} +
  fi
}
_source_paths() {
  (cd "$root" && find . -name node_modules -prune -o -path ./data -prune -o -type f -path '*/src/*' -print) |
    LC_ALL=C sort
}

web_build() { (cd "$root/webui" && npm run build); }

web_dependencies() {
  (cd "$root/webui" && npm ci --no-audit --no-fund) &&
    _web_dependencies_wanted >"$root/webui/node_modules/.trailer"
}
_web_dependencies_wanted() { sha256sum <"$root/webui/package-lock.json"; }
_web_dependencies_fit() {
  local had=$root/webui/node_modules/.trailer
  [[ -r $had && $(<"$had") == "$(_web_dependencies_wanted)" ]]
}
