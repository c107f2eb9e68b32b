#!/bin/bash
#
# gaps - the times in which nothing happened: no operation of any thread
# (progress_gap_ns), and no turn for an unrelated task (resched_delay_ns). What
# holds of them by their definitions, result.awk checks after every run.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

# One thread that sleeps in its first section for longer than the window lasts.
# Where a slow machine opens the window so late that it woke up in it: once more.
stalls() {
	local lock
	locks_with blocks
	for lock in "${WITH[@]}"; do
		tries stalled "$lock"
		equal "$lock: progress_gap_ns" "${R[totals.progress_gap_ns]}" "${R[totals.window_ns]}"
	done
}

stalled() {
	control reset
	run_wait "lock=$1" cpus=0 hold_ns=1000 block_ns=400000000 block_every=1 warmup_ms=0 duration_ms=50
	sound
	[ "${R[totals.ops]}" = 0 ]
}

# Operation after operation: the gap is a small part of the window, unless this
# machine stood still meanwhile.
flows() {
	control reset
	run_wait "lock=$1" hold_ns=1000 warmup_ms=50 duration_ms=500
	sound
	echo "progress_gap_ns ${R[totals.progress_gap_ns]}"
	((${R[totals.progress_gap_ns]} * 4 < ${R[totals.window_ns]}))
}

# The holder of a mutex sleeps in every section, and nobody else can complete one
# meanwhile: from one operation to the next it takes the sleep, at least.
holder_sleeps() {
	control reset
	run_wait lock=mutex cpus=0-1 hold_ns=1000 block_ns=200000000 block_every=1 warmup_ms=0 duration_ms=700
	sound
	# Less what the slots hide, and what two clocks may differ by.
	holds "${R[totals.progress_gap_ns]} >= 190000000" "progress_gap_ns, sleeps of 200 ms"
}

throughput() {
	control reset
	run_wait lock=mutex hold_ns=1000 warmup_ms=10 duration_ms=100 measure=throughput
	sound
	[ -z "${R[totals.progress_gap_ns]+set}" ] || fault "progress_gap_ns with measure=throughput"
	holds "${R[totals.resched_probes]} > 0" "resched_probes"
}

probes() {
	local lock
	for lock in "${LOCKS[@]}"; do
		control reset
		run_wait "lock=$lock" hold_ns=1000 threads_per_cpu=2 bystanders=1 warmup_ms=10 duration_ms=300
		sound
		holds "${R[totals.resched_probes]} > 0" "$lock: resched_probes"
		holds "${R[totals.resched_delay_ns]} > 0" "$lock: resched_delay_ns"
	done
}

# A thread of class fifo that never sleeps leaves no turn to an ordinary task,
# for less than the second after which Linux takes the CPU away from it. The
# probe waits from the first interrupt on, and has not run by the window's end.
# A late first interrupt, or an earlier end of that second: once more.
starved() {
	control reset
	run_wait lock=none "cpus=$(($(nproc) - 1))" sched=fifo hold_ns=1000 warmup_ms=20 duration_ms=200
	sound
	echo "resched_probes ${R[totals.resched_probes]}, resched_delay_ns ${R[totals.resched_delay_ns]}"
	[ "${R[totals.resched_probes]}" = 0 ] &&
		((${R[totals.resched_delay_ns]} * 2 > ${R[totals.window_ns]}))
}

# Stopped in the window, and before it opened.
ends_at_once() {
	local lock
	for lock in "${LOCKS[@]}"; do
		control reset
		cfg "lock=$lock" hold_ns=1000 warmup_ms=0 duration_ms=60000
		start && wait_state run && control stop && wait_end 10 && load_result
		equal "$lock: stopped" "${R[certificate.stopped]}" 1
		control reset
		cfg "lock=$lock" hold_ns=1000 warmup_ms=60000 duration_ms=60000
		start && wait_state warm && control stop && wait_end 10 && load_result
		equal "$lock, never opened: resched_probes" "${R[totals.resched_probes]}" 0
		equal "$lock, never opened: resched_delay_ns" "${R[totals.resched_delay_ns]}" 0
		equal "$lock, never opened: progress_gap_ns" "${R[totals.progress_gap_ns]}" 0
	done
	tasks
	equal "threads left" "${TASKS[*]}" tokbench
}

locks_of_module
plan 8
check "a thread asleep for the whole window: the gap is the window" stalls
check "none: the gap is a small part of the window" tries flows none
check "mutex: the gap is a small part of the window" tries flows mutex
check "mutex, the holder sleeps in every section: the gap is a sleep at least" holder_sleeps
check "measure=throughput: no progress gap, but probes" throughput
check "the probes run beside every lock" probes
check "beside a thread of class fifo the probe waits, and says so" tries starved
check "no probe outlives its run, and none ran where no window was" ends_at_once
