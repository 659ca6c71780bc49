# shellcheck shell=bash
# Podman's service, the second engine that the contract test is run against. One of our own, with a store of its own, from
# start to end of the script: it touches nobody's containers, and leaves nothing. Needs say.sh, apt.sh.

# A cold start reads a few files.
readonly PODMAN_START_LIMIT_SECONDS=30
readonly PODMAN_STOP_LIMIT_SECONDS=10

_podman_dir='' _podman_pid=''

# ensure_podman LOG: TRAILER_PODMAN is exported, where it answers; or one line says why there is none. One that is named
# already is taken as it is.
ensure_podman() {
  local log=$1
  if [[ -n ${TRAILER_PODMAN:-} ]]; then return 0; fi
  if [[ $(id -u) != 0 ]]; then
    say "  not root: no Podman is started, and its contract goes untried"
    return 0
  fi
  # Debian's podman only recommends what networks and an init inside containers need.
  if ! command -v podman >/dev/null || ! command -v catatonit >/dev/null; then
    may_install || {
      say "  Podman or catatonit is not installed: its contract goes untried"
      return 0
    }
    install_packages "$log" podman crun netavark aardvark-dns catatonit || die "Podman could not be installed"
  fi
  _start_podman "$log"
}

_start_podman() {
  # In /tmp whatever TMPDIR says: a socket's path must be short.
  _podman_dir=$(mktemp -d /tmp/trailer-podman.XXXXXX) || die "cannot make a directory in /tmp"
  mkdir "$_podman_dir/networks"
  # Limits above the caller's are refused, and its defaults are above those of many a container or build machine.
  cat >"$_podman_dir/containers.conf" <<END
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
[network]
network_config_dir = "$_podman_dir/networks"
[engine]
# The default, the journal, is not there on every machine; without events a change is seen by the timer alone.
events_logger = "file"
END
  # Both locks closed (lock.sh); in a session of its own, so that Ctrl-C is ours to handle. From its own directory, since
  # its monitors leave notes where they were started.
  (
    cd "$_podman_dir" || exit
    exec setsid env CONTAINERS_CONF="$_podman_dir/containers.conf" \
      podman "${_podman_place[@]/#DIR/$_podman_dir}" --runtime "$(_podman_runtime)" --cgroup-manager cgroupfs \
      system service --time=0 "unix://$_podman_dir/socket"
  ) >>"$1" 2>&1 </dev/null 8>&- 9>&- &
  _podman_pid=$!
  await "$PODMAN_START_LIMIT_SECONDS" "starting Podman" _podman_answers || die "Podman did not start; see $1"
  export TRAILER_PODMAN=unix://$_podman_dir/socket
}

readonly _podman_place=(--root DIR/root --runroot DIR/run --tmpdir DIR/tmp)

# crun refuses control groups of version 1 beside version 2; runc comes with Debian's Docker Engine.
_podman_runtime() { command -v runc || command -v crun; }

_podman_answers() {
  kill -0 "$_podman_pid" 2>/dev/null || return 2
  curl -fsS -o /dev/null --max-time 5 --unix-socket "$_podman_dir/socket" http://podman/_ping 2>/dev/null
}

# For the script's end: does nothing where none was started.
end_podman() {
  [[ -n $_podman_dir ]] || return 0
  CONTAINERS_CONF=$_podman_dir/containers.conf podman "${_podman_place[@]/#DIR/$_podman_dir}" \
    --cgroup-manager cgroupfs rm -a -f -t 0 >/dev/null 2>&1 || true
  kill "$_podman_pid" 2>/dev/null || true
  await "$PODMAN_STOP_LIMIT_SECONDS" "ending Podman" _podman_ended >/dev/null || kill -9 "$_podman_pid" 2>/dev/null || true
  # It mounts its store onto itself.
  umount "$_podman_dir/root/overlay" 2>/dev/null || true
  rm -rf --one-file-system -- "$_podman_dir" || true
  _podman_dir=''
}

_podman_ended() { ! kill -0 "$_podman_pid" 2>/dev/null; }
