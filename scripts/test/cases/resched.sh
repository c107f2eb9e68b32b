#!/bin/bash
#
# resched - how long an unrelated task waits for its CPU beside each lock, in a
# guest where one nanosecond is one instruction. The bound of tokbench-safety(7):
# Linux gives each task that wants the CPU a tick, and of LWKT threads it sees one
# at a time. Two more for what is not the run's.
#
# limit: 600

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

TICK=4000000 # instructions: Debian has HZ=250
HOLD_NS=50000
THREADS=4 # on the one CPU
MS=250
[ "$QUICK" = no ] || MS=100
LONGEST=0

# beside LOCK [SUBSTRATE]
beside() {
	local wait ticks=$((THREADS + 2))
	[ "${IS_LWKT[$1]}" = no ] || ticks=3
	run_wait "lock=$1" "substrate=${2:-kthread}" hold_ns=$HOLD_NS think_ns=0 threads_per_cpu=$THREADS warmup_ms=0 duration_ms=$MS
	load_result
	wait=${R[totals.resched_delay_ns]:-0}
	holds "0 < $wait && $wait <= $ticks * $TICK + 2 * $HOLD_NS" "instructions that a task beside $1 waited at most"
	[ "$wait" -le "$LONGEST" ] || LONGEST=$wait
	WAITS+=" $1 $wait"
}

locks_of_module
few_locks
if [ "$(nproc)" -gt 1 ]; then
	skip_all "the wait of an unrelated task" "with more than one CPU the instructions of all count as one's time"
fi
exec 3>&1
WAITS='' MODEL=
locks_with lwkt
plan $((${#LOCKS[@]} + ${#WITH[@]}))
for lock in "${LOCKS[@]}"; do
	check "$lock: an unrelated task waits for as many ticks as it has rivals, and two" beside "$lock"
	MODEL=${R[certificate.preempt]:-?}
done
for lock in "${WITH[@]}"; do
	check "$lock, inline threads: an unrelated task waits for three ticks at most" beside "$lock" inline
done
echo "# $(uname -r), $MODEL: $LONGEST instructions at most;$WAITS" >&3
