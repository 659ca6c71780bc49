# shellcheck shell=bash
# Locks between several of our scripts on one machine. A lock is a file or directory held by flock, so it goes
# with its holder, however that ends. Descriptor 9 is for locks held during a piece of work (one at a time), 8 for
# the data directory's, which the server inherits (run.sh). Build tools may inherit them: while an orphaned one
# still writes, the lock should hold. Whatever is to outlive the script is started with both closed. Needs say.sh.

# with_lock PATH TEXT COMMAND… runs the command while holding PATH; says TEXT when it has to wait first.
# Answers the command's status. A command that ends the script ends the lock with it.
with_lock() {
  local path=$1 text=$2 status=0
  shift 2
  take_lock "$path" "$text"
  "$@" || status=$?
  exec 9>&-
  return "$status"
}

# take_lock PATH TEXT: as above, until the script ends.
take_lock() {
  [[ -e $1 ]] || : >"$1" || die "cannot write $1"
  exec 9<"$1" || die "cannot read $1"
  if ! flock -n 9; then
    say "  waiting: $2"
    flock 9
  fi
}

# A lock file for things of the machine, not of one data directory or checkout: machine_lock NAME.
# By user, because in a shared directory nobody may open another's file for writing.
machine_lock() {
  local dir=/run/lock
  [[ -d $dir && -w $dir ]] || dir=${TMPDIR:-/tmp}
  printf '%s/trailer-%s-%s.lock' "$dir" "$(id -u)" "$1"
}
