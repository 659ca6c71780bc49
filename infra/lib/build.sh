# shellcheck shell=bash
# Builds the web client and the server's jar, when their inputs changed. Needs say.sh, lock.sh, apt.sh, jdk.sh,
# node.sh, and `root`, the checkout.
: "${root:?}"

readonly BUILD_JAR=$root/infra/app/target/trailer.jar
readonly BUILD_LOG=$root/target/build.log
# What the jar was built from, and which file that made: "STAMP JAR-IDENTITY".
readonly BUILD_RECORD=$root/target/build.stamp
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

# ensure_jar DIR: sets JAR to a copy in DIR of the jar of the present sources, building it first if need be. A copy,
# because the next build writes over the original, and a running JVM reads its jar for as long as it lives.
# The caller holds DIR for itself alone.
ensure_jar() {
  local stamp
  stamp=$(build_stamp)
  JAR=$1/trailer-$stamp.jar
  if [[ -n ${TRAILER_BUILDING:-} ]]; then
    # Called from within a verify, which holds the lock and has built these sources.
    [[ $TRAILER_BUILDING == "$stamp" && -f $BUILD_JAR ]] || die "the sources changed while they were being verified"
    [[ -f $JAR ]] || _copy_jar || die "cannot write $JAR"
    say "  nothing changed since the last build"
  elif [[ -f $JAR && $(_recorded_stamp) == "$stamp" ]]; then
    say "  nothing changed since the last build"
  else
    mkdir -p "$root/target"
    with_lock "$root" "another build of this checkout" _build_and_copy "$stamp" || die "the build failed"
  fi
  find "$1" -maxdepth 1 \( -name 'trailer-*.jar' -o -name 'trailer-*.jar.part' \) -not -name "${JAR##*/}" -delete
}

_build_and_copy() {
  if _is_built "$1"; then
    say "  nothing changed since the last build"
  else
    build "$1" || return
  fi
  [[ -f $JAR ]] || _copy_jar
}

_copy_jar() { cp --reflink=auto -- "$BUILD_JAR" "$JAR.part" && mv -f -- "$JAR.part" "$JAR"; }

_is_built() { [[ -f $BUILD_JAR && -r $BUILD_RECORD && $(<"$BUILD_RECORD") == "$1 $(_jar_identity)" ]]; }

_recorded_stamp() { [[ ! -r $BUILD_RECORD ]] || cut -d ' ' -f 1 "$BUILD_RECORD"; }

_jar_identity() { stat -c '%s-%.9Y' -- "$BUILD_JAR"; }

# To be called with the lock on `root` held. Whoever changes a source meanwhile gets another build next time.
build() { # build STAMP
  : >"$BUILD_LOG"
  if [[ -f $root/webui/package.json ]]; then
    need_node "$BUILD_LOG"
    if ! _web_dependencies_fit; then
      phase "fetching the web client's dependencies" "$BUILD_LOG" web_dependencies || return
    fi
    phase "building the web client" "$BUILD_LOG" web_build || return
  fi
  need_command mvn maven "$BUILD_LOG"
  forget_removed_sources
  phase "building the server" "$BUILD_LOG" \
    mvn -B -q -f "$root/pom.xml" -DskipTests -pl infra/app -am package || return
  record_build "$1"
}

# record_build STAMP: the jar there is made from these sources.
record_build() {
  [[ -f $BUILD_JAR ]] || die "the build left no $BUILD_JAR"
  _source_paths >"$BUILD_PATHS"
  printf '%s %s\n' "$1" "$(_jar_identity)" >"$BUILD_RECORD"
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
