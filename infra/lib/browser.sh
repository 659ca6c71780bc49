# shellcheck shell=bash
# A real browser for the end-to-end tests. Needs say.sh, apt.sh.

# need_browser LOG: TRAILER_BROWSER is exported, the path of a Chromium, or one line says what is missing.
need_browser() {
  local name
  [[ -z ${TRAILER_BROWSER:-} ]] || {
    [[ -x $TRAILER_BROWSER ]] || die "TRAILER_BROWSER=$TRAILER_BROWSER is not a program"
    return 0
  }
  for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then break; fi
    name=chromium
  done
  need_command "$name" chromium "$1"
  TRAILER_BROWSER=$(command -v "$name")
  export TRAILER_BROWSER
}
