# shellcheck shell=bash
# Words to the person: lines, refusals, and phases that show how long they take.
# Sourced by infra/up and infra/verify; needs nothing else.

# One line on stdout.
say() { printf '%s\n' "$*"; }

# One line on stderr; the caller goes on.
warn() { printf 'trailer: %s\n' "$*" >&2; }

# One line on stderr; exit 1: something outside the command line is missing or failed.
die() {
  warn "$*"
  exit 1
}

# One line on stderr; exit 2: the command line itself is wrong.
refuse() {
  warn "$* (see --help)"
  exit 2
}

# What a failed phase shows of its log.
readonly LOG_TAIL_LINES=40

log_tail() { # log_tail FILE [BYTES]: its last lines, but nothing of its first BYTES, which others wrote
  [[ -s $1 ]] || return 0
  printf -- '---- the last lines of %s\n' "$1" >&2
  tail -c "+$((${2:-0} + 1))" -- "$1" | tail -n "$LOG_TAIL_LINES" >&2
  printf -- '----\n' >&2
}

log_size() { # log_size FILE: in bytes, 0 where there is none
  stat -c %s -- "$1" 2>/dev/null || printf 0
}

# For `trap … INT`. Without it a tool that ends tidily on Ctrl-C looks like one that failed, and we would go on.
interrupted() {
  _tick_stop
  warn "interrupted"
  exit 130
}

# phase TEXT LOG COMMAND… runs the command with its output appended to LOG and says how long it took.
# Answers the command's status; on failure the log's tail has been printed.
# The command stays in the foreground, so that Ctrl-C reaches it; only the ticker is a background job.
phase() {
  local text=$1 log=$2 started=$SECONDS status=0 before
  shift 2
  before=$(log_size "$log")
  _tick_start "$text"
  "$@" >>"$log" 2>&1 </dev/null || status=$?
  _tick_stop
  if ((status == 0)); then
    say "  $text: $((SECONDS - started)) s"
  else
    log_tail "$log" "$before"
    warn "$text: failed after $((SECONDS - started)) s; everything it said is in $log"
  fi
  return "$status"
}

# await LIMIT_SECONDS TEXT COMMAND… tries the command until it succeeds; fails after the limit.
# A command that answers 2 ends the waiting at once: what is waited for can no longer happen.
await() {
  local limit=$1 text=$2 started=$SECONDS status
  shift 2
  _tick_start "$text"
  while true; do
    status=0
    "$@" || status=$?
    ((status == 0 || status == 2 || SECONDS - started >= limit)) && break
    sleep 0.3
  done
  _tick_stop
  ((status == 0)) || return 1
  say "  $text: $((SECONDS - started)) s"
}

# The ticker: on a terminal one line that counts, elsewhere a line now and then.
# It closes the descriptors our locks live on (see lock.sh) and ends when this shell is gone. It waits in `read`, on
# a pipe nobody writes to: a `sleep` would outlive it, and hold open the pipe of somebody who reads our output.
_ticker=
_tick_start() {
  local text=$1 every=15
  if [[ -t 1 ]]; then every=1; fi
  (
    SECONDS=0
    exec {never}<> <(:)
    while ! read -rt "$every" -u "$never" && kill -0 "$$" 2>/dev/null; do
      if [[ -t 1 ]]; then
        printf '\r  %s … %s s ' "$text" "$SECONDS"
      else
        printf '  %s … %s s\n' "$text" "$SECONDS"
      fi
    done
  ) 8>&- 9>&- </dev/null &
  _ticker=$!
  disown "$_ticker"
}
_tick_stop() {
  [[ -n $_ticker ]] || return 0
  kill "$_ticker" 2>/dev/null || true
  _ticker=
  if [[ -t 1 ]]; then printf '\r\033[K'; fi
}
