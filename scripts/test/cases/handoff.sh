#!/bin/bash
#
# handoff - token-handoff: nobody polls, few tries fail, strict order of arrival
# with a window of 0, no turn for the oldest alone while its window lasts, sets
# are served by age. Counts only.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"
# shellcheck source=../contended.sh
. "$TOKBENCH_TEST/contended.sh"

MS=500
LOCK=token-handoff
RIVALS=(threads_per_cpu=4 warmup_ms=100 hold_ns=2000 think_ns=0)

# A polling lock fails as often as there are waiters, for every operation.
saturated() {
	local ops attempts_failed idle_polls idle_poll_ns futile_wakeups wakeups threads
	contended "threads_per_cpu=$1"
	counts ops attempts_failed idle_polls idle_poll_ns futile_wakeups wakeups threads
	holds "$attempts_failed < 2 * $ops + 2 * $threads" "less than two failed tries per operation"
	equal idle_polls "$idle_polls" 0
	equal idle_poll_ns "$idle_poll_ns" 0
	holds "$futile_wakeups <= $attempts_failed" "a futile wake-up is a failed try"
	holds "10 * $futile_wakeups <= $ops + 20 * $threads" "a futile wake-up for at most one operation in ten"
	holds "$wakeups > 0" "a thread waited and was woken"
}

# Strict order of arrival: each wait ends with a grant, and waiters have their
# grants in turn. An operation that is no grant is one of a thread behind which no
# thread waits: the threads of a CPU that yield for each other between operations
# wait only once that CPU goes on, and a virtual CPU can stand still there: often on
# a machine with other work, never on the simulated one.
strict() {
	local attempts_failed grants min_ops threads least most stalls=4
	[ "$TOKBENCH_LAB" != sim ] || stalls=1
	contended token/handoff_window_us=0 token/spin=0 "$@"
	counts attempts_failed grants min_ops threads
	read -r least most < <(awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "grants") col = i }
		NR > 1 { print $col }' "$TB/results/threads" | sort -n | sed -n '1p;$p' | paste -sd' ')
	holds "$min_ops > 0" "each thread had a turn"
	holds "$grants > 10 * $threads" "threads waited"
	holds "$grants + 2 * $threads >= $attempts_failed * (100 - 5 * $stalls) / 100" "waits end with grants"
	holds "$most <= $least * (20 + $stalls) / 20 + 3 * $stalls" "grants in order of arrival"
}

# The window is longer than the run.
endless() {
	local grants eldest
	contended token/handoff_window_us=10000000 "$@"
	counts grants eldest
	equal grants "$grants" 0
	equal eldest "$eldest" 0
}

# Nobody can have all four but the eldest, when all want them in both orders and
# at any time a thread takes one of them past the others.
sets() {
	local min_ops eldest
	contended locks=4 "$@" token/handoff_window_us=200 think_ns=500
	counts min_ops eldest
	holds "$min_ops > 0" "no thread starves"
	holds "$eldest <= ${R[totals.ops]} + ${R[totals.threads]}" "the eldest gets its set and completes an operation"
}

blocking() {
	local tokens_dropped reacquisitions stale
	contended locks=3 set_size=2 order=random block_ns=50000 block_every=2
	counts tokens_dropped reacquisitions stale
	holds "$reacquisitions > 0 && $tokens_dropped > 0" "tokens dropped and taken again"
	holds "$stale <= $tokens_dropped + ${R[totals.tokens_get_undone]} + 4 * ${R[totals.threads]}" "only what was dropped is stale"
}

no_spin() {
	local spins spin_ok
	contended token/spin=0 think_ns=2000
	counts spins spin_ok
	equal spins "$spins" 0
	equal spin_ok "$spin_ok" 0
}

alone() {
	local attempts_failed wakeups grants
	contended "cpus=${CPUS%%-*}" threads_per_cpu=1 locks=8 set_size=4 order=random
	counts attempts_failed grants
	equal attempts_failed "$attempts_failed" 0
	equal grants "$grants" 0
}

plan 11
check "four threads per CPU: no polling, few failed tries" saturated 4
check "sixteen threads per CPU: no polling, few failed tries" saturated 16
check "window 0: strict order of arrival" strict
check "a window longer than the run: nobody is granted anything" endless
check "the same for sets" endless locks=4 set_size=2 order=random
check "sets of two of four: nobody starves" sets set_size=2 order=random
check "all four in opposite orders: nobody starves" sets set_size=4 order=opposite
check "the same without a window" sets set_size=4 order=opposite token/handoff_window_us=0
check "holders that block" blocking
check "spin 0 never spins" no_spin
check "one thread alone: no failed try" alone
