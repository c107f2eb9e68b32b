#!/bin/bash
#
# polling - what the mail of 2010 suspects of its tokens, in counts: the more
# threads wait, the more tries fail; the head of the queue is tried twice; a
# mutex does neither. Counts only, no times.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

MS=400
[ "$(nproc)" -gt 2 ] && CPUS=1-2 || CPUS=0-1

# saturated LOCK THREADS
saturated() {
	control reset
	run_wait "lock=$1" "cpus=$CPUS" "threads_per_cpu=$2" warmup_ms=100 "duration_ms=$MS" hold_ns=2000 think_ns=0
	sound
}

# count KEY: in REPLY; the key must be there.
count() {
	REPLY=${R[totals.$1]:-}
	[ -n "$REPLY" ] || fault "no totals.$1"
}

declare -A PER_1000_OPS PER_1000_PASSES

# A pass of the scheduler that finds M waiting threads and none that can run
# makes M + 1 tries, all of which fail. The idle thread makes only such passes,
# other failed tries come from gettoken (one a switch) and from passes that
# succeed in the end. At both edges of the window one pass per CPU may be
# counted in part.
token_poll() {
	local m=$1 failed polls contended switches retries edge
	saturated token-poll "$m"
	count attempts_failed && failed=$REPLY
	count idle_polls && polls=$REPLY
	count switches_contended && contended=$REPLY
	count switches && switches=$REPLY
	count head_retries && retries=$REPLY
	edge=$((4 * (m + 1)))
	holds "$polls > 0" "idle_polls"
	holds "$retries == $contended" "head_retries == switches_contended"
	holds "$contended + 4 >= $polls" "every idle poll is a contended pass"
	holds "$failed >= $polls * ($m + 1) - $edge" "attempts_failed >= idle_polls * (M + 1)"
	holds "$failed <= $contended * ($m + 1) + $switches + $edge" "attempts_failed <= switches_contended * (M + 1) + switches"
	count scans
	holds "$REPLY >= $failed - $switches - $edge" "scans >= attempts_failed - switches"
	count tokens_undone
	equal tokens_undone "$REPLY" 0
	PER_1000_OPS[$m]=$((failed * 1000 / (${R[totals.ops]} + 1)))
	PER_1000_PASSES[$m]=$((failed * 1000 / (contended + 1)))
}

# The machine's own noise (a CPU that the host takes away in the middle of a
# section) makes failed tries, too; so where the operations of one round do not
# grow in order, measure again. What holds by noise alone does not hold in order.
grows() {
	local round m
	for round in 1 2 3 4 5; do
		[ "${PER_1000_OPS[1]:-0}" -lt "${PER_1000_OPS[4]:-0}" ] &&
			[ "${PER_1000_OPS[4]:-0}" -lt "${PER_1000_OPS[16]:-0}" ] && break
		echo "# round $round: ${PER_1000_OPS[*]} failed tries per 1000 operations, once more"
		for m in 1 4 16; do
			token_poll "$m"
		done
	done
	holds "${PER_1000_PASSES[1]:-0} < ${PER_1000_PASSES[4]:-0}" "failed tries per 1000 contended passes, M = 1 and 4"
	holds "${PER_1000_PASSES[4]:-0} < ${PER_1000_PASSES[16]:-0}" "failed tries per 1000 contended passes, M = 4 and 16"
	holds "${PER_1000_OPS[1]:-0} < ${PER_1000_OPS[4]:-0}" "failed tries per 1000 operations, M = 1 and 4"
	holds "${PER_1000_OPS[4]:-0} < ${PER_1000_OPS[16]:-0}" "failed tries per 1000 operations, M = 4 and 16"
}

# Two locks, opposite orders: tries for two tokens, which undo what they took.
undone() {
	local round
	for round in 1 2 3 4 5; do
		control reset
		run_wait lock=token-poll "cpus=$CPUS" threads_per_cpu=4 locks=2 set_size=2 order=opposite \
			warmup_ms=100 "duration_ms=$MS" hold_ns=2000
		sound
		count tokens_undone
		[ "$REPLY" = 0 ] || break
		echo "# round $round: no two CPUs met, once more"
	done
	holds "$REPLY > 0" tokens_undone
	[ -n "${R[totals.fail_index.1]:-}" ] || fault "no totals.fail_index.1: never failed at the second token"
}

lockmgr() {
	local m=$1
	saturated lockmgr "$m"
	count head_retries
	equal head_retries "$REPLY" 0
	count idle_polls
	equal idle_polls "$REPLY" 0
	count switches_contended
	equal switches_contended "$REPLY" 0
	count scans
	equal scans "$REPLY" 0
	count wakeups
	holds "$REPLY > 0" wakeups
}

mutex() {
	local key
	saturated mutex 16
	for key in attempts_failed head_retries switches_contended switches scans scan_ns idle_polls \
		idle_poll_ns idle_halts handovers tokens_undone wakeups; do
		[ -z "${R[totals.$key]+set}" ] || fault "totals.$key ${R[totals.$key]}"
	done
	equal attempts "${R[totals.attempts]}" "${R[totals.ops]}"
}

# One thread, nobody else: nothing fails, with any lock.
alone() {
	local lock
	locks_of_module
	for lock in "${LOCKS[@]}"; do
		control reset
		run_wait "lock=$lock" cpus=0 hold_ns=1000 warmup_ms=10 duration_ms=50
		sound
		equal "$lock: attempts_failed" "${R[totals.attempts_failed]:-0}" 0
		equal "$lock: violations" "${R[certificate.violations]}" 0
		equal "$lock: handoffs" "${R[latency.handoff_ns.count]}" 0
	done
}

plan 9
check "token-poll, M = 1: the head is retried once per contended pass" token_poll 1
check "token-poll, M = 4: M + 1 failed tries per failed pass" token_poll 4
check "token-poll, M = 16: M + 1 failed tries per failed pass" token_poll 16
check "token-poll: failed tries per operation and per pass grow with M" grows
check "token-poll: a try for two tokens undoes the first" undone
check "lockmgr, M = 4: no retries, no polling" lockmgr 4
check "lockmgr, M = 16: no retries, no polling" lockmgr 16
check "mutex: none of the scheduler's counters" mutex
check "one thread alone: no failed attempt with any lock" alone
