# shellcheck shell=bash
# Steps with a heading, a time each, and a table at the end, however it ends. Needs say.sh.

_step_names=() _step_results=() _step=''

# step NAME COMMAND… ; a failure ends the script.
step() {
  _step=$1 _step_started=$SECONDS
  shift
  printf '\n==== %s\n' "$_step"
  "$@"
  _finish_step ok
}

_finish_step() {
  _step_names+=("$_step")
  _step_results+=("$1 $((SECONDS - _step_started))")
  _step=''
}

# summarise STATUS, for `trap … EXIT`: the table, and one line OK or FAILED. Keeps the exit status; a success that left a
# step unfinished is none.
summarise() {
  local status=$1 i result seconds failed='outside the steps'
  _tick_stop
  if [[ -n $_step ]]; then
    failed=$_step
    _finish_step FAILED
    ((status != 0)) || status=1
  fi
  printf '\n'
  for i in "${!_step_names[@]}"; do
    read -r result seconds <<<"${_step_results[i]}"
    printf '%-7s %6s s  %s\n' "$result" "$seconds" "${_step_names[i]}"
  done
  if ((status == 0)); then
    printf 'OK: %s s in all\n' "$SECONDS"
  else
    printf 'FAILED: %s\n' "$failed"
  fi
  exit "$status"
}
