#!/bin/bash
#
# rivals - every lock that is not on the LWKT scheduler does what its flags say,
# and is refused, with the reason, what they do not say. Counts only; where a
# count has a bound in time, it is one that no slow machine can break: so many
# sleeps do not fit into the window.
#
# limit: 240

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

MS=60
[ "$QUICK" = no ] || MS=40
[ "$(nproc)" -gt 2 ] && CPUS=1-2 || CPUS=0-1
BASE=("cpus=$CPUS" warmup_ms=10 "duration_ms=$MS" hold_ns=1000 think_ns=500)

locks_of_module
locks_with '!lwkt'
RIVALS=("${WITH[@]}")
locks_with '!lwkt' shared
WITH_SHARED=("${WITH[@]}")

# size_of LOCK WANTED: WANTED, or the largest set the lock can have; in REPLY.
size_of() { REPLY=$(($2 < MAX_SET[$1] ? $2 : MAX_SET[$1])); }

# rival LOCK NAME=VALUE...: a sound run, whose flags are those of the table.
rival() {
	one "lock=$1" "${BASE[@]}" "${@:2}" || return
	equal "$1: flags" ",${R[flags]:-}," "${FLAGS[$1]}"
	equal "$1: lost_updates" "${R[certificate.lost_updates]:-}" 0
}

# The set is asked for in the order that was wanted, unless the lock is ordered.
order() {
	local lock=$1 order wanted set
	size_of "$lock" 3
	set=$REPLY
	for order in opposite random; do
		has "$lock" ordered && wanted=same || wanted=$order
		rival "$lock" locks=8 "set_size=$set" "order=$order"
		equal set_order "${R[certificate.set_order]:-}" "$wanted"
	done
}

# fail_index: FAILED is their sum, UNDONE what was held at the failures.
fail_index() {
	local key
	FAILED=0 UNDONE=0
	for key in "${!R[@]}"; do
		[[ $key == totals.fail_index.* ]] || continue
		FAILED=$((FAILED + ${R[$key]}))
		UNDONE=$((UNDONE + ${R[$key]} * ${key##*.}))
	done
}

# column NAME: its sum over the locking threads; in REPLY.
column() { REPLY=$(rows "$1" | awk '{ sum += $1; bad += $1 == "none" } END { printf(bad ? "none" : "%.0f", sum) }'); }

# Sets of 8 of 16, whose holders sleep if they may, meet all the time: a lock
# that restarts does it then, and its ledger agrees with itself; one that does
# not has none.
ledger() {
	local lock=$1 key sleep=()
	! has "$lock" blocks || sleep=(block_ns=100000 block_every=2)
	size_of "$lock" 8
	rival "$lock" locks=16 "set_size=$REPLY" order=random threads_per_cpu=4 hold_ns=5000 \
		"duration_ms=$((MS * 2))" "${sleep[@]}"
	for key in restarts attempts_failed tokens_undone; do
		if has "$lock" restarts; then
			column "$key"
			equal "sum of $key" "$REPLY" "${R[totals.$key]:-missing}"
		else
			equal "totals.$key" "${R[totals.$key]:-missing}" missing
		fi
	done
	fail_index
	has "$lock" restarts || { equal fail_index "$FAILED" 0; return; }
	equal "sum of fail_index" "$FAILED" "${R[totals.attempts_failed]}"
	equal "tokens_undone, by fail_index" "$UNDONE" "${R[totals.tokens_undone]}"
	equal "attempts_failed" "${R[totals.attempts_failed]}" "${R[totals.restarts]}"
	# A lock that is ordered restarts only to be polite to the CPU.
	has "$lock" ordered && return
	holds "${R[totals.restarts]} > 0" restarts
	holds "${R[totals.tokens_undone]} >= ${R[totals.restarts]}" tokens_undone
}

# With one lock per operation there is nothing to give back.
alone() {
	rival "$1" locks=1 set_size=1 threads_per_cpu=2
	equal tokens_undone "${R[totals.tokens_undone]:-0}" 0
	has "$1" ordered || equal restarts "${R[totals.restarts]:-0}" 0
}

# fit NAME=VALUE...: 32 threads that each sleep 4 ms in each section; FIT is how
# many operations fit into the window if they do it one after the other.
fit() {
	rival "$@" threads_per_cpu=16 block_ns=4000000 block_every=1 duration_ms=200
	equal blocks "${R[totals.blocks]:-}" "${R[totals.ops]}"
	FIT=$((${R[totals.window_ns]:-0} / 4000000 + 2))
}

one_by_one() { holds "${R[totals.ops]} <= $FIT" "ops, if each waits for the one before"; }
side_by_side() { holds "${R[totals.ops]} > $FIT" "ops, if nobody waits for all others"; }

# The holder sleeps: nobody else comes in, unless both are readers.
sleeps() {
	fit "$1" locks=1 set_size=1
	if has "$1" unchecked; then side_by_side; else one_by_one; fi
	has "$1" shared || return 0
	fit "$1" locks=1 set_size=1 shared_pct=100
	side_by_side
	equal shared_ops "${R[totals.shared_ops]:-}" "${R[totals.ops]}"
}

shares() {
	local set
	for set in 1 8; do
		size_of "$1" "$set"
		rival "$1" locks=16 "set_size=$REPLY" shared_pct=30 order=random threads_per_cpu=4 "${@:2}"
		holds "0 < ${R[totals.shared_ops]:-0}" shared_ops
		holds "${R[totals.shared_ops]:-0} < ${R[totals.ops]}" "shared_ops, ops"
	done
}

# Sleeping under the lock of one set keeps out threads that want others, or does not.
disjoint() {
	fit mutex-big locks=1000 set_size=2
	one_by_one
	fit mutex locks=1000 set_size=2
	side_by_side
}

largest() {
	rival "$1" locks="$2" "set_size=${MAX_SET[$1]}" order=random
	[ "${MAX_SET[$1]}" -eq 1 ] || rival "$1" locks="$2" "set_size=${MAX_SET[$1]}" order=opposite measure=throughput
}

refusals() {
	local lock=$1 most=${MAX_SET[$1]}
	# What shuts the CPU counts its locks in eight bits.
	has "$lock" blocks || holds "$most <= 128" max_set
	has "$lock" shared ||
		no_start "shared_pct: 1; $lock has no shared mode" "lock=$lock" shared_pct=1
	[ "$most" -eq 800 ] ||
		no_start "set_size: $((most + 1)); $lock can have at most $most locks" "lock=$lock" \
			locks=1000 "set_size=$((most + 1))"
}

LARGE=2000
[ "$QUICK" = yes ] || LARGE=100000

plan $((${#RIVALS[@]} * 6 + ${#WITH_SHARED[@]} * 2 + 1))
for lock in "${RIVALS[@]}"; do
	check "$lock: order of a set" order "$lock"
	check "$lock: restarts, and their ledger" ledger "$lock"
	check "$lock: one lock" alone "$lock"
	if has "$lock" blocks; then
		check "$lock: which threads enter while the holder sleeps" sleeps "$lock"
	else
		check "$lock: its holder never sleeps" no_start "block_ns: .*$lock must not block" "lock=$lock" block_ns=1 block_every=1
	fi
	check "$lock: ${MAX_SET[$lock]} of $LARGE locks" largest "$lock" "$LARGE"
	check "$lock: what it cannot do is refused" refusals "$lock"
done
for lock in "${WITH_SHARED[@]}"; do
	check "$lock: readers and writers" shares "$lock"
	check "$lock: readers and writers, measure=throughput" shares "$lock" measure=throughput
done
check "mutex-big: disjoint sets wait for each other, with mutex they do not" disjoint
