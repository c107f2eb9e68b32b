#!/bin/bash
#
# sorted - token-sorted: a short spin for the token wanted last, and the order of
# addresses after enough failed rounds. Counts only.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"
# shellcheck source=../contended.sh
. "$TOKBENCH_TEST/contended.sh"

LOCK=token-sorted

# Every failed attempt at one token has spun in full, every other at most that: a
# PAUSE before each further try, and one after each try that fails, unless it is
# the one that leaves a request, once per acquisition. At both edges of the window
# one per CPU is counted in part.
spins() {
	local spin=$1 spins spin_ok attempts_failed hold_while_spin_ns tokens_undone
	contended "token/spin=$spin" "${ONE[@]}"
	counts spins spin_ok attempts_failed hold_while_spin_ns tokens_undone
	equal spin "${R[params.token.spin]}" "$spin"
	holds "$attempts_failed > 0" attempts_failed
	holds "$spins >= (2 * $spin + 1) * ($attempts_failed - 4) - ${R[totals.ops]} - 4" "spins >= (2 * spin + 1) * attempts_failed - ops"
	holds "$spins <= (2 * $spin + 1) * ($attempts_failed + $spin_ok + 4)" "spins <= (2 * spin + 1) * (attempts_failed + spin_ok)"
	holds "$spin_ok <= $spins" "spin_ok <= spins"
	equal "hold_while_spin_ns with one token" "$hold_while_spin_ns" 0
	equal "tokens_undone with one token" "$tokens_undone" 0
}

# Nobody sleeps, so the outgoing thread makes its rounds itself, and the idle
# thread has nothing to do.
rounds() {
	local idle_polls head_retries
	contended "${ONE[@]}"
	counts idle_polls head_retries
	equal idle_polls "$idle_polls" 0
	holds "$head_retries > 0" head_retries
}

# A real-time worker that polled would have its CPU for itself: it makes one
# round, and the idle thread the others.
real_time() {
	local idle_polls head_retries
	contended "${ONE[@]}" sched=fifo
	counts idle_polls head_retries
	holds "$idle_polls > 0" idle_polls
	equal head_retries "$head_retries" 0
}

# unsorted: no call of the scheduler fails so often.
unsorted() {
	local sorted_entries attempts_failed
	contended token/sort_after=1000000 "${TWO[@]}"
	counts sorted_entries attempts_failed
	holds "$attempts_failed > 0" attempts_failed
	equal sorted_entries "$sorted_entries" 0
}

# The head has failed that often in each call that went over to sorting.
sorts() {
	local round after=$1 sorted_entries attempts_failed
	for round in 1 2 3 4 5; do
		contended "token/sort_after=$after" "${TWO[@]}"
		counts sorted_entries attempts_failed
		[ "$sorted_entries" = 0 ] || break
		echo "# round $round: no call failed $after times, once more"
	done
	holds "$sorted_entries > 0" sorted_entries
	holds "$sorted_entries * $after <= $attempts_failed + 4 * $after" "sorted_entries * sort_after <= attempts_failed"
}

# Every thread makes progress, though all are in one another's way.
progress() {
	local ops
	contended locks=4 set_size=4 order=opposite threads_per_cpu=4 hold_ns=1000 think_ns=1000 quantum_us=1000 "$@"
	while read -r ops; do
		holds "$ops > 0" "operations of a thread"
	done < <(awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "ops") col = i }
		NR > 1 { print $col }' "$TB/results/threads")
}

plan 10
check "spin=5: no more and no less than 11 PAUSEs per failure" spins 5
check "spin=0: one PAUSE per failure" spins 0
check "spin=40" spins 40
check "the outgoing thread makes the rounds" rounds
if [ "$(nproc)" -gt 2 ]; then
	check "the idle thread makes them if the outgoing one is a real-time task" real_time
else
	skip "the idle thread makes them if the outgoing one is a real-time task" "needs 3 CPUs"
fi
check "not sorted before sort_after rounds" unsorted
check "opposite orders are sorted after 10 rounds" sorts 10
check "opposite orders are sorted after 3 rounds" sorts 3
check "4 of 4 locks in opposite orders: all threads make progress" progress
check "the same with sleep in the section" progress block_ns=20000 block_every=4
