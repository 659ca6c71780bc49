# shellcheck shell=bash
# One running Trailer per data directory: starting it, waiting for it, ending it. Needs say.sh, lock.sh, and what
# parse_options (options.sh), need_jdk (jdk.sh) and ensure_jar (build.sh) set.
# shellcheck disable=SC2154 # those

# Recovery after a crash and migrations happen before readiness.
readonly READY_LIMIT_SECONDS=180
# The server ends its requests, the agent its current step, PostgreSQL its connections.
readonly STOP_LIMIT_SECONDS=40
# An agent does not listen; one that cannot start at all has ended by then.
readonly AGENT_SETTLES_SECONDS=5

# Makes the data directory ours until this process, or the JVM that takes its place, ends.
claim_data() {
  [[ -d $data ]] || { mkdir -p -- "$(dirname -- "$data")" && mkdir -m 700 -- "$data"; } || die "cannot make $data"
  [[ -d $data/run ]] || mkdir -m 700 -- "$data/run" || die "cannot make $data/run"
  exec 8>>"$data/run/lock" || die "cannot write $data/run/lock"
  flock -n 8 ||
    die "Trailer already runs on $data (process $(_recorded_pid)); end it with: $(_stop_words)"
  printf '%s\n' "$$" >"$data/run/trailer.pid"
}

# Asked early, because what answers there would later be taken for ours.
check_port_free() {
  [[ $mode != agent ]] || return 0
  if (exec 7<>"/dev/tcp/$(_reachable_address)/$port") 2>/dev/null; then
    die "something already listens on $listen port $port; choose another with --port"
  fi
}

# Where a client on this machine reaches the address listened on.
_reachable_address() {
  case $listen in
    0.0.0.0) printf 127.0.0.1 ;;
    ::) printf ::1 ;;
    *) printf '%s' "$listen" ;;
  esac
}

_base_url() {
  local host
  host=$(_reachable_address)
  [[ $host != *:* ]] || host="[$host]"
  printf 'http://%s:%s' "$host" "$port"
}

# What runs in this mode: see build.sh.
program() { if [[ $mode == agent ]]; then printf trailer-agent; else printf trailer; fi; }

# Sets COMMAND.
_compose_command() {
  local extra=()
  read -r -a extra <<<"${TRAILER_JAVA_OPTS:-}" || true
  if [[ $mode == agent ]]; then _compose_agent; else _compose_server; fi
}

# The token goes by a file: anyone may list arguments. One arena: each thread's own would stay resident.
_compose_agent() {
  COMMAND=(env MALLOC_ARENA_MAX=1 "$JAVA_HOME/bin/java" "@$root/infra/deploy/agent.options" "${extra[@]}" -jar "$JAR" --data "$data")
  [[ -z $server ]] || COMMAND+=(--server "$server")
  [[ -z $token_file ]] || COMMAND+=(--token-file "$token_file")
  [[ -z $ca_file ]] || COMMAND+=(--ca-file "$ca_file")
}

# The database's address goes by the environment: it may hold a password.
# RAM: a quarter, because the workspaces beside it need the rest.
_compose_server() {
  COMMAND=("$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xss512k -XX:MaxRAMPercentage=25
    --enable-native-access=ALL-UNNAMED -Ddisable-axoniq-console-message=true -XX:+ExitOnOutOfMemoryError
    "${extra[@]}" -jar "$JAR" --mode "$mode" --data "$data" --port "$port" --listen "$listen")
  [[ -z $database_url ]] || export TRAILER_DATABASE_URL=$database_url
}

# The JVM takes this process's place: its number, the lock, and Ctrl-C.
run_in_foreground() {
  _compose_command
  exec "${COMMAND[@]}"
}

run_in_background() {
  local log=$data/run/trailer.log pid
  _compose_command
  [[ ! -e $log ]] || mv -f -- "$log" "$log.1"
  (umask 077 && : >"$log") || die "cannot write $log"
  # setsid keeps the number: a background job of a script leads no process group.
  setsid "${COMMAND[@]}" >>"$log" 2>&1 </dev/null &
  pid=$!
  disown "$pid"
  printf '%s\n' "$pid" >"$data/run/trailer.pid"
  exec 8>&-
  _await_ready "$pid" "$log"
  grep -E '^(Trailer|Ready|Sign in:|Admin token)' "$log" || true
  say "Running in the background as process $pid; its log is $log; end it with: $(_stop_words)"
}

_stop_words() { printf 'infra/up --data %q --stop' "$data"; }

_await_ready() { # _await_ready PID LOG
  if [[ $mode == agent ]]; then
    await "$AGENT_SETTLES_SECONDS" "starting" _agent_ended "$1" && _tell_ended "$2"
    return 0
  fi
  if ! await "$READY_LIMIT_SECONDS" "starting" _is_ready_or_ended "$1"; then
    kill -0 "$1" 2>/dev/null || _tell_ended "$2"
    log_tail "$2"
    die "not ready after $READY_LIMIT_SECONDS s; it still runs as process $1; its log is $2"
  fi
  # The lines it prints when ready may come a moment after it answers.
  await 3 "signing in" grep -q '^Sign in:' "$2" >/dev/null || true
}

_tell_ended() {
  log_tail "$1"
  die "it ended while starting; its log is $1"
}

_agent_ended() { ! kill -0 "$1" 2>/dev/null; }

_is_ready_or_ended() {
  kill -0 "$1" 2>/dev/null || return 2
  curl -fsS -o /dev/null --noproxy '*' --max-time 5 "$(_base_url)/readyz" 2>/dev/null
}

# Ends the one that runs on the data directory: the process that holds its lock, and no other.
stop_running() {
  local pid others=''
  if _lock_is_free; then
    say "Nothing runs on $data."
    return 0
  fi
  pid=$(_recorded_pid)
  _holds_lock "$pid" || die "$data is in use, but not by a process this account may end"
  # Still building: then its present step as well, which would otherwise go on alone.
  [[ $(<"/proc/$pid/comm") != bash ]] || others=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null || true)
  # shellcheck disable=SC2086 # a list of numbers
  kill -TERM "$pid" $others 2>/dev/null || true
  await "$STOP_LIMIT_SECONDS" "stopping process $pid" _lock_is_free ||
    die "process $pid has not ended within $STOP_LIMIT_SECONDS s; see $data/run/trailer.log"
  say "Stopped."
}

_lock_is_free() { [[ ! -e $data/run/lock ]] || flock -n "$data/run/lock" true; }

_recorded_pid() { cat "$data/run/trailer.pid" 2>/dev/null || printf unknown; }

_holds_lock() {
  local fd
  [[ $1 =~ ^[0-9]+$ ]] || return 1
  for fd in "/proc/$1/fd"/*; do
    [[ ! $fd -ef $data/run/lock ]] || return 0
  done
  return 1
}
