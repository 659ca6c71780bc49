# shellcheck shell=bash
# The Docker Engine: one that answers is taken as it is; where none does and we may, it is installed and started.
# We speak its HTTP API with curl: engine and command-line client of different ages may refuse one another, and
# Debian 13's engine comes without a client. Needs say.sh, lock.sh, apt.sh.

readonly ENGINE_SOCKET=/var/run/docker.sock
readonly ENGINE_PID_FILE=/var/run/docker.pid
readonly ENGINE_CONTAINERD_PID_FILE=/var/run/docker/containerd/containerd.pid
readonly ENGINE_LOG=/var/log/trailer-dockerd.log
# A cold start with a big store under load takes some ten seconds.
readonly ENGINE_START_LIMIT_SECONDS=90

engine_address() { printf '%s' "${DOCKER_HOST:-unix://$ENGINE_SOCKET}"; }

# engine_api METHOD PATH [curl option…]: the answer's body on stdout; fails when nothing answers or with HTTP ≥ 400.
engine_api() {
  local method=$1 path=$2 address curl=(curl -sS --fail-with-body --noproxy '*')
  shift 2
  address=$(engine_address)
  case $address in
    unix://*) curl+=(--unix-socket "${address#unix://}") address=http://engine ;;
    *)
      if [[ -n ${DOCKER_TLS_VERIFY:-} ]]; then
        local keys=${DOCKER_CERT_PATH:-$HOME/.docker}
        curl+=(--cacert "$keys/ca.pem" --cert "$keys/cert.pem" --key "$keys/key.pem")
        address=https://${address#tcp://}
      else
        address=http://${address#tcp://}
      fi
      ;;
  esac
  "${curl[@]}" -X "$method" "$@" "$address$path"
}

engine_answers() { engine_api GET /_ping --max-time 10 >/dev/null 2>&1; }

# After this an engine answers, or the script has ended with one line.
ensure_engine() {
  [[ $(engine_address) =~ ^(unix|tcp):// ]] ||
    die "DOCKER_HOST=$DOCKER_HOST is not supported; use unix://PATH or tcp://HOST:PORT"
  need_command curl curl "$ENGINE_LOG"
  engine_answers && return 0
  [[ -z ${DOCKER_HOST:-} ]] ||
    die "no Docker Engine answers at DOCKER_HOST=$DOCKER_HOST; start it, or unset DOCKER_HOST to use the local one"
  [[ ! -S $ENGINE_SOCKET || -w $ENGINE_SOCKET ]] ||
    die "$(id -un) may not use $ENGINE_SOCKET; run as root or join the group docker"
  [[ $(id -u) == 0 ]] ||
    die "no Docker Engine answers at $ENGINE_SOCKET; start one, or run as root on Debian to have it installed"
  with_lock "$(machine_lock engine)" "another start is bringing up the Docker Engine" _bring_up_engine
}

_bring_up_engine() {
  engine_answers && return 0
  if ! command -v dockerd >/dev/null; then
    may_install || die "no Docker Engine is installed; install one (we do it by ourselves on Debian only)"
    install_packages "$ENGINE_LOG" docker.io iptables || die "the Docker Engine could not be installed; see $ENGINE_LOG"
    # Under systemd the package has started it already.
    engine_answers && return 0
  fi
  # Debian's package does not depend on it, and without it the engine has no bridge networks.
  need_command iptables iptables "$ENGINE_LOG"
  if [[ -d /run/systemd/system ]] && systemctl cat docker.service >/dev/null 2>&1; then
    systemctl start docker || die "systemctl start docker failed; see journalctl -u docker"
    await "$ENGINE_START_LIMIT_SECONDS" "starting the Docker Engine" engine_answers ||
      die "the Docker Engine did not answer within $ENGINE_START_LIMIT_SECONDS s; see journalctl -u docker"
  else
    _start_dockerd
  fi
}

# No systemd: a process of its own, in its own session, so that it outlives us and our Ctrl-C.
# Two tries: a dockerd we find may be about to end, and an init script may start one in the same moment as we do.
_start_dockerd() {
  local pid again before
  before=$(log_size "$ENGINE_LOG")
  for again in "" yes; do
    pid=$(_pid_of "$ENGINE_PID_FILE" dockerd)
    if [[ -z $pid ]]; then
      # The engine itself takes a file for a running engine when some other process has got its number since.
      rm -f "$ENGINE_PID_FILE"
      [[ -n $(_pid_of "$ENGINE_CONTAINERD_PID_FILE" containerd) ]] || rm -f "$ENGINE_CONTAINERD_PID_FILE"
      setsid dockerd --log-level warn >>"$ENGINE_LOG" 2>&1 </dev/null 8>&- 9>&- &
      pid=$!
      disown "$pid"
    fi
    if _await_dockerd "starting the Docker Engine${again:+ again}" "$pid"; then
      say "  its log is $ENGINE_LOG"
      return 0
    fi
    ! _lives "$pid" || die "dockerd runs as process $pid but does not answer; end it and start again"
  done
  log_tail "$ENGINE_LOG" "$before"
  die "the Docker Engine did not come up; its log is $ENGINE_LOG"
}

_await_dockerd() { await "$ENGINE_START_LIMIT_SECONDS" "$1" _engine_answers_or_ended "$2"; }

# 2 (see await) when the process has ended: no use in waiting longer.
_engine_answers_or_ended() {
  engine_answers && return 0
  _lives "$1" || return 2
  return 1
}

# _pid_of FILE NAME: the process id in FILE, if that process lives and has that name; else nothing.
_pid_of() {
  local pid=
  [[ -r $1 ]] || return 0
  read -r pid <"$1" || true # no newline at its end
  [[ $pid =~ ^[0-9]+$ ]] && _lives "$pid" && [[ $(<"/proc/$pid/comm") == "$2" ]] && printf '%s' "$pid"
  return 0
}

# Not a zombie either: where nobody collects the dead, they keep their number and name.
_lives() { grep -q '^State:[[:space:]]*[^ZX]' "/proc/$1/status" 2>/dev/null; }
