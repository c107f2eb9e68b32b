#!/bin/bash
#
# inline - substrate=inline: the LWKT threads of a CPU are operations of one
# kthread. Whatever a run can have it can have there, too; what it counts means
# the same. The tokens' contract on inline threads: selftest.sh.
#
# limit: 600

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

BASE=(substrate=inline cpus=0-1 warmup_ms=10 duration_ms=40 hold_ns=1000 think_ns=500)
MANY=1024
[ "$QUICK" = no ] || MANY=200

# on_lwkt FUNCTION ARGUMENT...: for each lock of the LWKT scheduler.
on_lwkt() {
	local lock
	for lock in "${WITH[@]}"; do
		"$1" "$lock" "${@:2}"
	done
}

# on_three FUNCTION ARGUMENT...: what is not the lock's own part: waiters that stay
# queued, that are parked, and those of a sleep lock.
on_three() {
	local lock
	for lock in token-poll token-handoff lockmgr; do
		"$1" "$lock" "${@:2}"
	done
}

# One kthread per CPU, whatever M is, and that says so.
kthreads() {
	control reset
	cfg "${BASE[@]}" "lock=$1" threads_per_cpu=3 bystanders=2 duration_ms=60000
	start && wait_state run
	tasks
	equal "$1: kthreads" "$(printf '%s\n' "${TASKS[@]}" | grep -v '^tokbench/p' | sort | paste -sd' ')" \
		"lwkt_inline/0 lwkt_inline/1 tokbench"
	stop_any
}

plain() {
	one "lock=$1" "${BASE[@]}" threads_per_cpu=4 "${@:2}"
	equal "$1: params.substrate" "${R[params.substrate]}" inline
	equal "$1: lost_updates" "${R[certificate.lost_updates]}" 0
	equal "$1: left_cpu" "${R[certificate.left_cpu]}" 0
	holds "${R[totals.cpu_ns]} > 0" "$1: cpu_ns"
	# Linux has no account of one thread.
	equal "$1: accounts of threads" "$(rows cpu_ns nvcsw nivcsw | sort -u)" "0 0 0"
	equal "$1: nvcsw" "${R[totals.nvcsw]:-none}" none
}

sets() {
	((${MAX_SET[$1]} >= 3)) || return 0
	one "lock=$1" "${BASE[@]}" threads_per_cpu=3 locks=5 set_size=3 order=random
	equal "$1: lost_updates" "${R[certificate.lost_updates]}" 0
	one "lock=$1" "${BASE[@]}" threads_per_cpu=3 locks=2 set_size=2 order=opposite
}

shared() {
	has "$1" shared || return 0
	one "lock=$1" "${BASE[@]}" threads_per_cpu=4 shared_pct=50
	holds "0 < ${R[totals.shared_ops]} && ${R[totals.shared_ops]} < ${R[totals.ops]}" "$1: shared_ops"
}

# Tokens are given up while the holder sleeps, a lockmgr lock is kept.
sleeps() {
	tries one_sleeps "$1"
	equal "$1: blocks" "${R[totals.blocks]}" "${R[totals.ops]}"
}

one_sleeps() {
	one "lock=$1" "${BASE[@]}" threads_per_cpu=8 block_ns=2000000 block_every=1 duration_ms=100
	local one_by_one=$((${R[totals.window_ns]} / 2000000 + 1))
	if has "$1" drops; then
		((${R[totals.ops]} > one_by_one && ${R[totals.stale]} > 0 && ${R[totals.tokens_dropped]} > 0))
	else
		((${R[totals.ops]} <= one_by_one))
	fi
}

bystanders() {
	one "lock=$1" "${BASE[@]}" threads_per_cpu=1 bystanders=2 block_ns=1000000 block_every=1 duration_ms=100
	holds "${R[totals.bystander_ops]} > 0" "$1: bystander_ops"
}

groups() {
	one "lock=$1" "${BASE[@]}" threads_per_cpu=3 groups=nice=-5:think_ns=3000/nice=5:hold_ns=100/threads=1
	equal "$1: threads" "${R[groups.1.threads]} ${R[groups.2.threads]} ${R[groups.3.threads]}" "2 2 2"
}

# A part belongs to the threads that take part, the others are away.
parts() { tries one_parts "$1"; }

one_parts() {
	one "lock=$1" "${BASE[@]}" threads_per_cpu=4 phases=1/4/1 duration_ms=90
	equal "$1: threads per CPU in the parts" "${R[phases.1.threads_per_cpu]} ${R[phases.2.threads_per_cpu]} ${R[phases.3.threads_per_cpu]}" "1 4 1"
	((${R[phases.1.ops]} > 0 && ${R[phases.2.ops]} > 0 && ${R[phases.3.ops]} > 0))
}

# The threads sleep until the next arrival.
arrivals() {
	one "lock=$1" "${BASE[@]}" threads_per_cpu=2 rate=2000 duration_ms=200
	holds "${R[totals.arrivals]} > 0" "$1: arrivals"
	equal "$1: responses" "${R[latency.response_ns.count]}" "${R[totals.ops]}"
}

pool() {
	[ "$1" != lockmgr ] || return 0
	control reset
	cfg "lock=$1" token/pool_size=17
	run_wait "${BASE[@]}" threads_per_cpu=2 locks=50 set_size=4 order=random
	sound
}

# A fault is noticed as on kthreads.
faults() {
	control reset
	run_wait "lock=$1" "${BASE[@]}" fault=late
	[[ ${R[verdict]} == INVALID && ${R[reason]} == *'had not begun'* ]] ||
		fault "$1: late: ${R[verdict]} ${R[reason]:-}"
	run_wait fault=intrude
	[[ ${R[verdict]} == FAILED && ${R[reason]} == *'exclusion violated'* ]] ||
		fault "$1: intrude: ${R[verdict]} ${R[reason]:-}"
}

hangs() {
	control reset
	cfg "${BASE[@]}" lock=token-handoff threads_per_cpu=2 fault=hang duration_ms=10
	start && wait_state stuck 120
	control stop
	wait_end && load_result
	equal verdict "${R[verdict]}" FAILED
	grep -q inline "$TB/results/summary" || fault "not an inline run"
}

# Stopped, and unloaded, at any moment.
ends() {
	local when
	for when in 0 0.01 0.1; do
		control reset
		cfg "${BASE[@]}" "lock=$1" threads_per_cpu=8 bystanders=1 block_ns=1000000 block_every=3 \
			warmup_ms=0 duration_ms=60000
		start && nap "$when" && stop_any
		start && nap "$when"
		unload
		tasks
		equal "$1: threads left" "${TASKS[*]}" ''
		load
	done
}

many() {
	one lock=token-handoff "${BASE[@]}" "threads_per_cpu=$MANY" bystanders=10 duration_ms=200 quantum_us=10
	equal threads "${R[totals.threads]}" $((2 * MANY))
}

impossible() {
	local lock
	for lock in "${LOCKS[@]}"; do
		has "$lock" lwkt || no_start "substrate: inline; $lock is on Linux.s scheduler; allowed: kthread" \
			"lock=$lock" substrate=inline
	done
	no_start 'substrate, sched: no fifo with inline' lock=token-poll substrate=inline sched=fifo cpus=1
	expect_refused config/substrate stack EINVAL '^substrate: "stack" .*allowed: kthread,inline'
}

# The operations of a thread do not depend on what it is.
same_operations() {
	local digest
	one "lock=$1" "${BASE[@]}" locks=9 set_size=1 order=random
	digest=${R[certificate.stream_digest]:-}
	one "lock=$1" "${BASE[@]}" substrate=kthread locks=9 set_size=1 order=random
	equal "$1: digest of the operations" "$digest" "${R[certificate.stream_digest]:-}"
}

locks_of_module
locks_with lwkt
plan 17
check "one kthread for each CPU runs all threads" on_three kthreads
check "measure=full" on_lwkt plain
check "measure=throughput" on_three plain measure=throughput
check "sets in any order" on_lwkt sets
check "shared mode" on_lwkt shared
check "a holder that sleeps" on_lwkt sleeps
check "bystanders" on_three bystanders
check "groups and priorities" on_three groups
check "parts of the window" on_three parts
check "open loop" on_three arrivals
check "pool tokens" on_three pool
check "faults are noticed" on_three faults
check "a thread that hangs is reported" hangs
check "stopped and unloaded at any moment" on_three ends
check "$MANY threads per CPU" many
check "the same operations as on kthreads" on_three same_operations
check "what cannot be is refused" impossible
