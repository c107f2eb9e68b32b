#!/bin/bash
#
# backoff - token-backoff: how many PAUSEs a failed attempt costs, how often the
# head of the queue is tried, and the order of addresses for threads that fail
# too often. Counts only.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"
# shellcheck source=../contended.sh
. "$TOKBENCH_TEST/contended.sh"

LOCK=token-backoff

# pauses CAP: what a failed attempt executes between its tries, in REPLY; with one
# more for each try that finds a request, in MOST.
pauses() {
	local b=0 sum=0 tries=1
	while [ "$b" -lt $((6 + $1)) ]; do
		b=$(((b + 1) * 3 / 2))
		sum=$((sum + b)) tries=$((tries + 1))
	done
	REPLY=$sum MOST=$((sum + tries))
}

# Without slots every failed attempt for one token is a full backoff, every other
# at most that. At both edges of the window one per CPU is counted in part.
spins() {
	local cap=$1 each=$2 hold_us=$3 spins spin_ok attempts_failed hold_while_spin_ns tokens_undone
	pauses "$cap"
	equal "PAUSEs at $cap" "$REPLY" "$each"
	contended "token/backoff_max=$cap" token/window_shift=0 locks=1 threads_per_cpu=1 "hold_ns=${hold_us}000"
	counts spins spin_ok attempts_failed hold_while_spin_ns tokens_undone
	equal backoff_max "${R[params.token.backoff_max]}" "$cap"
	holds "$attempts_failed > 0" attempts_failed
	holds "$spins >= $each * ($attempts_failed - 4)" "spins >= $each * attempts_failed"
	holds "$spins <= $MOST * ($attempts_failed + $spin_ok + 4)" "spins <= $MOST * (attempts_failed + spin_ok)"
	equal "hold_while_spin_ns with one token" "$hold_while_spin_ns" 0
	equal "tokens_undone with one token" "$tokens_undone" 0
}

# A CPU in its slot does not pause: never more than without slots.
slots() {
	local spins spin_ok attempts_failed
	pauses 128
	contended token/backoff_max=128 "token/window_shift=$1" "${ONE[@]}"
	counts spins spin_ok attempts_failed
	holds "$spin_ok + $attempts_failed > 0" "spin_ok + attempts_failed"
	holds "$spins <= $MOST * ($attempts_failed + $spin_ok + 4)" "spins <= $MOST * (attempts_failed + spin_ok)"
}

# A head is tried again until it has failed spin_loops / 2 times.
head() {
	local loops=$1 head_retries attempts_failed
	contended token/backoff_max=8 token/window_shift=0 "token/spin_loops=$loops" "${ONE[@]}"
	counts head_retries attempts_failed
	holds "$attempts_failed > 0" attempts_failed
	if [ "$loops" -le 3 ]; then
		equal head_retries "$head_retries" 0
	else
		holds "$head_retries > 0" head_retries
	fi
}

unsorted() {
	local sorted_entries attempts_failed
	contended token/backoff_max=8 token/sort_after=1000000 "${TWO[@]}"
	counts sorted_entries attempts_failed
	holds "$attempts_failed > 0" attempts_failed
	equal sorted_entries "$sorted_entries" 0
}

# A thread has failed more often than that before its tokens are sorted.
sorts() {
	local round after=$1 sorted_entries attempts_failed
	for round in 1 2 3 4 5; do
		contended token/backoff_max=8 "token/sort_after=$after" "${TWO[@]}"
		counts sorted_entries attempts_failed
		[ "$sorted_entries" = 0 ] || break
		echo "# round $round: no thread failed $after times, once more"
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

# A user thread that needs no token runs past threads that wait for theirs; in
# October 2011 it did not.
bystanders() {
	control reset
	run_wait "lock=$1" "cpus=$CPUS" warmup_ms=50 "duration_ms=$MS" locks=1 threads_per_cpu=1 bystanders=1 hold_ns=5000000 "${@:3}"
	sound
	holds "${R[totals.bystander_ops]:-0} $2 0" "$1: bystander_ops"
}

# It has its slice then, many steps of 10 us, and no pass is made before the end.
users() {
	local switches_contended bystander_ops
	bystanders token-backoff '>'
	counts switches_contended bystander_ops
	holds "$switches_contended * 8 < $bystander_ops" "8 * switches_contended < bystander_ops"
	bystanders token-sorted '=='
}

# Nor do they run past one of a higher user priority, but past a lower one.
users_below() {
	bystanders token-backoff '==' groups=nice=-10/nice=-10
	bystanders token-backoff '>' groups=nice=10/nice=10
}

plan 14
check "backoff_max=128: 389 PAUSEs per failure" spins 128 389 2000
check "backoff_max=1024: 3152 PAUSEs per failure" spins 1024 3152 20000
check "backoff_max=0: 10 PAUSEs per failure" spins 0 10 100
check "slots of 256 ticks" slots 8
check "slots of 2^20 ticks" slots 20
check "spin_loops=0: the head is tried once per pass" head 0
check "spin_loops=10: the head is tried again" head 10
check "not sorted before sort_after failures" unsorted
check "opposite orders are sorted after 10 failures" sorts 10
check "opposite orders are sorted after 2 failures" sorts 2
check "4 of 4 locks in opposite orders: all threads make progress" progress
check "the same with sleep in the section" progress block_ns=20000 block_every=4
check "user threads run past contended threads, and do not in token-sorted" users
check "user threads do not run past contended threads of a higher user priority" users_below
