#!/bin/bash
#
# blocking - the holder sleeps in the section: which threads enter meanwhile, what that
# costs, and which others get work done. rivals.sh has the same for the locks that
# are not on the LWKT scheduler.
#
# limit: 300

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

SLEEP_NS=4000000
MS=200
BASE=(cpus=0-1 warmup_ms=20 hold_ns=2000 think_ns=500)

# sleepers LOCK NAME=VALUE...: eight threads per CPU that sleep in each section;
# FIT is how many of those fit into the window one after the other.
sleepers() {
	one "lock=$1" "${BASE[@]}" threads_per_cpu=8 "block_ns=$SLEEP_NS" block_every=1 "duration_ms=$MS" "${@:2}"
	equal blocks "${R[totals.blocks]}" "${R[totals.ops]}"
	FIT=$((${R[totals.window_ns]} / SLEEP_NS + 1))
}

# Tokens are dropped: others pass, and what the sleeper knew is stale.
passes() {
	tries many_sleep "$1"
	holds "${R[totals.stale]} > 0" stale
	holds "${R[totals.tokens_dropped]} >= ${R[totals.ops]} - 16" tokens_dropped
	holds "${R[totals.reacquisitions]} >= ${R[totals.ops]} - 16" reacquisitions
	equal lost_updates "${R[certificate.lost_updates]}" 0
}

many_sleep() {
	sleepers "$1"
	echo "ops ${R[totals.ops]}, one by one $FIT"
	((${R[totals.ops]} > 2 * FIT))
}

# Nobody passes, so nothing can be stale.
stays() {
	sleepers "$1"
	holds "${R[totals.ops]} <= FIT" "$1: ops, one by one"
	equal stale "${R[totals.stale]:-0}" 0
	equal tokens_dropped "${R[totals.tokens_dropped]:-0}" 0
	has "$1" lwkt || equal stale "${R[totals.stale]:-none}" none
}

# Alone, a token is given up and taken back, and nobody had it meanwhile.
alone() {
	tries dropped_alone "$1"
	equal stale "${R[totals.stale]}" 0
}

dropped_alone() {
	one "lock=$1" cpus=0 warmup_ms=10 duration_ms=60 hold_ns=2000 block_ns=200000 block_every=2
	((${R[totals.tokens_dropped]} > 0))
}

# The CPU is free while all sleep, for whoever needs no lock. So it is while all
# wait for a holder that sleeps, except where LWKT's idle thread polls then.
bystanders() {
	local lock
	locks_with blocks
	for lock in "${WITH[@]}"; do
		tries beside "$lock"
	done
}

beside() {
	one "lock=$1" "${BASE[@]}" bystanders=1 "block_ns=$SLEEP_NS" block_every=1 duration_ms=60
	((${R[totals.bystander_ops]} > 0))
}

# result.awk knows which of a thread's operations must have slept.
every() {
	local lock
	locks_with blocks
	for lock in "${WITH[@]}"; do
		some_slept "$lock" "measure=$1" || tries some_slept "$lock" "measure=$1" duration_ms=300
	done
}

some_slept() {
	one "lock=$1" "${BASE[@]}" threads_per_cpu=2 block_ns=20000 block_every=3 duration_ms=50 "${@:2}"
	((0 < ${R[totals.blocks]} && ${R[totals.blocks]} < ${R[totals.ops]}))
}

refusals() {
	local lock
	locks_with '!blocks'
	holds "${#WITH[@]} > 0"
	for lock in "${WITH[@]}"; do
		no_start "block_ns: the holder of $lock must not block" "lock=$lock" block_ns=1 block_every=1
	done
}

locks_of_module
locks_with drops
TOKENS=("${WITH[@]}")
plan $((${#TOKENS[@]} * 2 + 6))
for lock in "${TOKENS[@]}"; do
	check "$lock: others pass while the holder sleeps, and it learns that" passes "$lock"
	check "$lock: alone, nothing is stale" alone "$lock"
done
check "lockmgr: nobody passes" stays lockmgr
check "mutex: nobody passes" stays mutex
check "a bystander works while the locking threads sleep, with every lock" bystanders
check "block_every=3, with every lock" every full
check "block_every=3, measure=throughput" every throughput
check "a lock whose holder must not block refuses block_ns" refusals
