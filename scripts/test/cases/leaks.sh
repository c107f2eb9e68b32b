#!/bin/bash
#
# leaks - kmemleak has nothing to say after runs of every lock, refused starts,
# stopped runs and unloading
#
# limit: 300

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

runs() {
	local lock
	for lock in "${LOCKS[@]}"; do
		control reset
		run_wait "lock=$lock" hold_ns=1000 threads_per_cpu=2 locks=3 warmup_ms=0 duration_ms=20
		control reset
		cfg "lock=$lock" hold_ns=1000 groups=hold_ns=10/nice=3 bystanders=1 duration_ms=60000
		start && control stop && wait_end
		try config/hold_ns nonsense
		cfg block_ns=1000
		try control start
		cat "$TB"/results/* >/dev/null
	done
	unreferenced
}

cycles() {
	local i
	for ((i = 0; i < 5; i++)); do
		unload
		load
		run_wait lock=token-handoff hold_ns=1000 threads_per_cpu=2 warmup_ms=0 duration_ms=20
	done
	unload
	gone
	unreferenced
	load
}

! leak_reason || skip_all "kmemleak" "$REPLY"
locks_of_module
few_locks
plan 2
check "no leaks after runs, refusals, stops" runs
check "no leaks after unload and load" cycles
