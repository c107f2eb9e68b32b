# shellcheck shell=bash
#
# common.sh - what every part of the lab needs: messages, the two ways to
# fail, the cache folder, locks and a way to run long commands quietly.
#
# Exit statuses of the lab itself (COMMAND's own status is passed through):
#   2  the command line is wrong
#   3  this lab cannot work here; the message says why and what to type
#   4  the guest died, warned or ran out of time
# and among its parts:
#   5  a kernel's source does not take our changes
#
# Everything here writes to stderr: stdout belongs to COMMAND.

EX_USAGE=2
EX_CANNOT=3
EX_DIED=4
EX_UNFIT=5

say()  { printf 'lab: %s\n' "$*" >&2; }
warn() { printf 'lab: warning: %s\n' "$*" >&2; }

# die STATUS LINE...: every line after the first is a hint, indented.
die() {
	local status=$1 line
	shift
	printf 'lab: %s\n' "$1" >&2
	shift
	for line in "$@"; do
		printf '     %s\n' "$line" >&2
	done
	exit "$status"
}

cannot() { die "$EX_CANNOT" "$@"; }

# Where HOME is not set, ~ is what the user's entry in passwd says.
[ -n "${HOME-}" ] || unset HOME
CACHE=${XDG_CACHE_HOME:-${HOME-~}/.cache}/tokbench

# must COMMAND...: a step without which the rest makes no sense. set -e is no
# help: bash ignores it in all that is called from a condition or left of ||.
must() { "$@" || cannot "failed: $*"; }

# check_folders: those that everything here is written to.
check_folders() {
	local tmp=${TMPDIR:-/tmp} probe
	case $CACHE in *[[:space:],]*) cannot "XDG_CACHE_HOME, or HOME, may not contain blanks or commas: $CACHE" ;; esac
	mkdir -p "$CACHE/lock" 2>/dev/null && probe=$(mktemp "$CACHE/lock/probe.XXXXXX" 2>/dev/null) && rm -f "$probe" ||
		cannot "cannot write to the cache, $CACHE" \
			"choose another folder: XDG_CACHE_HOME=/path scripts/lab ..."
	probe=$(mktemp "$tmp/tokbench-probe.XXXXXX" 2>/dev/null) && rm -f "$probe" ||
		cannot "cannot write to $tmp, the folder for temporary files" \
			"choose another one: TMPDIR=/path scripts/lab ..."
	case $tmp in *[[:space:],]*) cannot "TMPDIR may not contain blanks or commas: $tmp" ;; esac
}

# need GROUP COMMAND...: every command exists, or say which scripts/deps
# group brings it.
need() {
	local group=$1 tool missing=()
	shift
	for tool in "$@"; do
		command -v "$tool" >/dev/null || missing+=("$tool")
	done
	[ "${#missing[@]}" -eq 0 ] ||
		cannot "not found: ${missing[*]}" "type: scripts/deps $group"
}

# with_lock NAME COMMAND...: one process at a time, over all checkouts that
# share the cache. The lock goes with the process that holds it, so a killed
# builder leaves nothing to clean up.
with_lock() {
	local name=$1 fd status=0
	shift
	must mkdir -p "$CACHE/lock"
	must touch "$CACHE/lock/$name"
	exec {fd}>"$CACHE/lock/$name"
	if ! flock --nonblock "$fd"; then
		say "waiting: another process prepares $name"
		flock "$fd"
	fi
	("$@") || status=$?
	exec {fd}>&-
	return "$status"
}

# quietly LOG COMMAND...: output only when it fails.
quietly() {
	local log=$1 status=0
	shift
	mkdir -p "${log%/*}"
	"$@" >"$log" 2>&1 || status=$?
	if [ "$status" -ne 0 ]; then
		say "failed ($status): $*"
		tail -n 60 "$log" >&2
		say "the whole output is in $log"
	fi
	return "$status"
}

# hash_of: twelve digits that name what stdin holds.
hash_of() { sha256sum | cut -c1-12; }

# progress WHAT TOTAL: reads a build's output on stdin, one line a step, and
# shows how far it is: a line that is rewritten on a terminal, otherwise a
# plain line every 30 seconds.
progress() {
	local what=$1 total=$2 n=0 line pct last=-1 next=$((SECONDS + 30))
	while IFS= read -r line; do
		case $line in
		'  '[A-Z]*) n=$((n + 1)) ;;
		*) continue ;;
		esac
		pct=$((n * 100 / total))
		[ "$pct" -le 99 ] || pct=99
		if [ -t 2 ]; then
			[ "$pct" -eq "$last" ] || printf '\rlab: %s: %d %%\033[K' "$what" "$pct" >&2
			last=$pct
		elif [ "$SECONDS" -ge "$next" ]; then
			say "$what: $pct % ($n steps of about $total)"
			next=$((SECONDS + 30))
		fi
	done
	[ ! -t 2 ] || printf '\r\033[K' >&2
}
