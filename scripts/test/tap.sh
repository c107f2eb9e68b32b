# shellcheck shell=bash
#
# tap.sh - for the tests of the laboratories that need no kernel: a command, its
# exit status and what it says, in TAP
#
#	WORK	a folder for this test; WORK/said is what the last command said

WORK=$(mktemp -d "${TMPDIR:-/tmp}/tokbench-tap.XXXXXX") || exit
trap 'rm -rf "$WORK"' EXIT
COUNT=0 FAILED=0

# verdict_on WHAT OK [WHY]
verdict_on() {
	COUNT=$((COUNT + 1))
	if [ "$2" = yes ]; then
		echo "ok $COUNT - $1"
		return
	fi
	FAILED=$((FAILED + 1))
	echo "not ok $COUNT - $1${3:+: $3}"
	head -n 30 "$WORK/said" | sed 's/^/    /'
}

# says WHAT STATUS PATTERN COMMAND...: its status, and a line that it says; an
# empty PATTERN: any.
says() {
	local what=$1 status=$2 pattern=$3 rc=0
	shift 3
	("$@") >"$WORK/said" 2>&1 </dev/null || rc=$?
	if [ "$rc" != "$status" ]; then
		verdict_on "$what" no "status $rc, not $status"
	elif [ -n "$pattern" ] && ! grep -qE -- "$pattern" "$WORK/said"; then
		verdict_on "$what" no "no line /$pattern/"
	else
		verdict_on "$what" yes
	fi
}

# holds WHAT COMMAND...: it succeeds.
holds() {
	local what=$1
	shift
	if "$@" >/dev/null; then verdict_on "$what" yes; else verdict_on "$what" no "$*"; fi
}

tap_end() {
	echo "1..$COUNT"
	[ "$FAILED" = 0 ]
}
