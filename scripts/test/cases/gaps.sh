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
	[ -z "${R[totals.resched_probes]+set}" ] || fault "resched_probes with measure=throughput"
}

# How often they come is a parameter. What there is of them, and how many at most,
# result.awk says.
period() {
	local us
	for us in 0 100 1000000; do
		control reset
		run_wait lock=mutex hold_ns=1000 warmup_ms=0 duration_ms=50 "probe_us=$us"
		sound
		equal params.probe_us "${R[params.probe_us]}" "$us"
		[ "$us" != 100 ] || holds "${R[totals.resched_probes]} > 0" "every $us us: resched_probes"
	done
	tries often
	no_start 'probe_us: 99; 0 for none, or 100 to 1000000$' lock=mutex probe_us=99
	expect_refused config/probe_us 1000001 EINVAL '^probe_us: "1000001" .*allowed: 0 to 1000000 us$'
}

# Ten times as often as by default: more of them, where this machine lets them run.
often() {
	local before
	control reset
	run_wait lock=mutex cpus=0 hold_ns=1000 warmup_ms=0 duration_ms=200
	before=${R[totals.resched_probes]}
	run_wait probe_us=990
	sound
	((${R[totals.resched_probes]} > 2 * before))
}

# The holder sleeps for longer than the window lasts, and all others wait.
waiting() {
	local lock
	locks_with blocks '!drops' '!unchecked'
	holds "${#WITH[@]} > 3"
	for lock in "${WITH[@]}"; do
		tries waited "$lock"
	done
	# Nobody waits for what nobody shares, and an open loop has queues.
	control reset
	run_wait lock=none cpus=0 hold_ns=1000 warmup_ms=0 duration_ms=20 measure=throughput
	sound
	run_wait lock=mutex cpus=0 hold_ns=1000 warmup_ms=0 duration_ms=20 measure=full rate=1000
	sound
}

waited() {
	control reset
	run_wait "lock=$1" cpus=0-1 threads_per_cpu=2 hold_ns=1000 block_ns=400000000 block_every=1 \
		warmup_ms=0 duration_ms=50
	sound
	echo "$1: waiting_left ${R[totals.waiting_left]}, waiting_oldest_ns ${R[totals.waiting_oldest_ns]}"
	[ "${R[totals.ops]} ${R[totals.waiting_left]}" = "0 3" ] && ((${R[totals.waiting_oldest_ns]} > 0))
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
plan 10
check "a thread asleep for the whole window: the gap is the window" stalls
check "none: the gap is a small part of the window" tries flows none
check "mutex: the gap is a small part of the window" tries flows mutex
check "mutex, the holder sleeps in every section: the gap is a sleep at least" holder_sleeps
check "measure=throughput: no progress gap, and no probes" throughput
check "probe_us: how often the probes come, or not at all" period
check "waits that the window's end interrupts are counted" waiting
check "the probes run beside every lock" probes
check "beside a thread of class fifo the probe waits, and says so" tries starved
check "no probe outlives its run, and none ran where no window was" ends_at_once
