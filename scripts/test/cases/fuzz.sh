#!/bin/bash
#
# fuzz - hostile system calls on every file from several processes at once
# (helper/fuzz.c): the kernel does not complain, and the module works as before.
#
# limit: 900

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

LONG=${TOKBENCH_FUZZ_SECONDS:-5}
SEED=${TOKBENCH_FUZZ_SEED:-20100609}
declare -A COUNT

# fuzz ARGUMENT...: what it did in COUNT, and as a diagnostic line.
fuzz() {
	local name n
	COUNT=()
	while read -r name n; do
		COUNT[$name]=$n
	done < <("$BIN/fuzz" -s "$SEED" -t "$LONG" "$@" "$TB")
	echo "# ${COUNT[executions]:-no} executions, ${COUNT[writes]:-0} writes (${COUNT[taken]:-0} taken), ${COUNT[reads]:-0} reads, seed $SEED, $*" >&3
	holds "${COUNT[executions]:-0} > 100"
	holds "${COUNT[reads]:-0} > 0 && ${COUNT[bytes_read]:-0} > 0"
}

all_files() {
	equal "files opened" "${COUNT[files_opened]:-}" "$(find "$TB" -type f | wc -l)"
}

fuzzed() {
	fuzz -p "$1"
	holds "${COUNT[taken]:-0} > 0 && ${COUNT[taken]:-0} < ${COUNT[writes]:-0}"
	# Whatever is on now can be stopped: its sections may take 100 s.
	echo stop 2>/dev/null >"$TB/control"
	wait_state 'idle|done|failed' 180
}

# Files of all kinds at the same places, with the same rights.
unchanged() {
	fuzz -p 2
	(cd "$TB" && find . -printf '%p %y %m %u\n' | LC_ALL=C sort) >"$SCRATCH/after"
	diff "$SCRATCH/before" "$SCRATCH/after"
	echo stop 2>/dev/null >"$TB/control"
	wait_state 'idle|done|failed' 180
}

readers() {
	control reset
	cfg lock=token-handoff hold_ns=1000 threads_per_cpu=2 warmup_ms=0 duration_ms=600000
	start && wait_state run
	fuzz -r -p 3
	all_files
	equal writes "${COUNT[writes]}" 0
	equal "state" "$(cut -d' ' -f1 "$TB/state")" run
	stop_any
}

works() {
	one lock=token-poll hold_ns=1000 threads_per_cpu=2 warmup_ms=0 duration_ms=50
	one lock=mutex hold_ns=1000 threads_per_cpu=2 warmup_ms=0 duration_ms=50
}

goes() {
	unload
	gone
	load
	works
}

exec 3>&1
(cd "$TB" && find . -printf '%p %y %m %u\n' | LC_ALL=C sort) >"$SCRATCH/before"
plan 6
check "fuzz: one process, $LONG s, then idle" fuzzed 1
check "fuzz: eight processes, $LONG s, then idle" fuzzed 8
check "fuzz: afterwards runs work" works
check "fuzz: readers of all files during a run" readers
check "fuzz: files are what and where they were" unchanged
check "fuzz: afterwards the module goes, comes back and works" goes
