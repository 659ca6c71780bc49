# shellcheck shell=bash
# The command line of infra/up. Needs say.sh and `root`, the checkout.
# shellcheck disable=SC2034 # what it sets is read by run.sh and infra/up
: "${root:?}"

usage() {
  cat <<'END'
Usage: infra/up [option…]

Builds what is missing and runs Trailer, in the foreground: Ctrl-C ends it.

  --data DIR          where everything is kept; made when missing     (the checkout's data)
  --port N            port to listen on, 1 to 65535                   (8080)
  --listen ADDRESS    address to listen on                            (127.0.0.1)
  --mode MODE         server, agent, or standalone, which is both     (standalone)
  --database-url URL  a PostgreSQL of your own, postgresql://…        (one is run in DIR)
  --server URL        agent: the server to work for, https://… or http://…; kept after the first start
  --token-file FILE   agent: the enrolment token the server gave; needed at the first start, and once it was rotated
  --ca-file FILE      agent: PEM certificates of authorities to trust besides Java's; kept likewise
  --background        detach once it is ready; it writes to DIR/run/trailer.log
  --stop              end the one that runs on DIR
  --help              this

Environment: TRAILER_DATABASE_URL (as --database-url), TRAILER_JAVA_OPTS (more options for the JVM), DOCKER_HOST.
END
}

# Sets data, port, listen, mode, server, token_file, ca_file, database_url, background, stop; ends with status 2 on what
# cannot be understood. Paths come out absolute.
parse_options() {
  data=$root/data port=8080 listen=127.0.0.1 mode=standalone
  database_url='' server='' token_file='' ca_file='' background='' stop=''
  while (($#)); do
    [[ $1 != --*=* ]] || set -- "${1%%=*}" "${1#*=}" "${@:2}"
    case $1 in
      --data | --port | --listen | --mode | --database-url | --server | --token-file | --ca-file)
        [[ $# -gt 1 && -n $2 && $2 != --* ]] || refuse "$1 needs a value"
        ;;&
      --data) data=$(realpath -m -- "$2") ;;
      --port) port=$2 ;;
      --listen) listen=$2 ;;
      --mode) mode=$2 ;;
      --database-url) database_url=$2 ;;
      --server) server=$2 ;;
      --token-file) token_file=$(realpath -m -- "$2") ;;
      --ca-file) ca_file=$(realpath -m -- "$2") ;;
      --background) background=yes ;;
      --stop) stop=yes ;;
      --help | -h)
        usage
        exit 0
        ;;
      *) refuse "unknown option $1; allowed are --data, --port, --listen, --mode, --database-url, --server," \
        "--token-file, --ca-file, --background, --stop, --help" ;;
    esac
    case $1 in
      --background | --stop) shift ;;
      *) shift 2 ;;
    esac
  done
  _check_options
}

_check_options() {
  [[ $port =~ ^[1-9][0-9]{0,4}$ && $port -le 65535 ]] || refuse "--port $port: must be a number from 1 to 65535"
  [[ $listen =~ ^[0-9A-Za-z.:_-]+$ ]] || refuse "--listen $listen: must be an IP address or a host name"
  case $mode in
    server | agent | standalone) ;;
    *) refuse "--mode $mode: must be server, agent or standalone" ;;
  esac
  [[ -z $stop || -z $background ]] || refuse "--stop and --background exclude one another"
  [[ ! -e $data || -d $data ]] || refuse "--data $data: is not a directory"
  # An enrolled host needs it no more; whether this one is, the agent knows.
  [[ -z $token_file || -r $token_file ]] || _has_been_started || refuse "--token-file $token_file: cannot be read"
  [[ -z $ca_file || -r $ca_file ]] || refuse "--ca-file $ca_file: cannot be read"
  [[ $mode == agent || -z $server$token_file$ca_file ]] ||
    refuse "--server, --token-file and --ca-file are an agent's: give --mode agent as well"
  [[ $mode != agent || -z $database_url ]] || refuse "--database-url is a server's: an agent has no database"
  [[ -n $stop || $mode != agent || -n $server ]] || _has_been_started ||
    refuse "--mode agent needs --server URL and --token-file FILE at its first start"
}

# Anything beside what this script itself puts there.
_has_been_started() { [[ -d $data && -n $(find "$data" -mindepth 1 -maxdepth 1 -not -name run -print -quit) ]]; }
