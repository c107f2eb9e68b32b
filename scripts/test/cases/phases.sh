#!/bin/bash
#
# phases - a window in parts, with more and fewer threads: which take part, what
# each part counts, and that none of it keeps a run from ending. That the parts
# add up to the window, result.awk checks after every run.
#
# limit: 400

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

BASE=(cpus=0-1 warmup_ms=10 hold_ns=1000 think_ns=500)
MS=50
[ "$QUICK" = no ] || MS=20

# idle_from RANK: of the threads of each CPU those from RANK on did nothing.
idle_from() {
	equal "threads that took no part and worked" \
		"$(rows cpu ops | awk -v from="$1" 'rank[$1]++ >= from && $2')" ''
}

up_and_down() {
	local lock
	for lock in "${LOCKS[@]}"; do
		tries each_part_works "$lock" "$@"
	done
}

each_part_works() {
	local part
	one "lock=$1" "${BASE[@]}" threads_per_cpu=16 phases=1/4/16/4/1 "duration_ms=$((MS * 5))" "${@:2}"
	for part in 1 2 3 4 5; do
		((${R[phases.$part.ops]} > 0)) && continue
		echo "part $part: no operation in ${R[phases.$part.window_ns]} ns"
		return 1
	done
}

# The warm-up has the threads of the first part. Nobody else ever works.
some_threads() {
	local lock
	for lock in "${LOCKS[@]}"; do
		one "lock=$lock" "${BASE[@]}" threads_per_cpu=4 phases=1/1 duration_ms=40
		equal "$lock: threads" "$(rows thread | wc -l)" 8
		idle_from 1
		one "lock=$lock" "${BASE[@]}" threads_per_cpu=4 phases=2/2/2 duration_ms=60
		idle_from 2
	done
}

# With no lock to wait for, each thread whose part has come works.
all_threads() {
	tries everybody
	one lock=none "${BASE[@]}" threads_per_cpu=4 phases=3/1 duration_ms=100
	idle_from 3
}

everybody() {
	one lock=none "${BASE[@]}" threads_per_cpu=4 phases=1/4 duration_ms=300
	! rows ops | grep -qx 0
}

# Sixteen parts, each twice as many threads or half as many, with sleeping
# holders and sets.
many_parts() {
	local lock
	locks_with blocks
	for lock in "${WITH[@]}"; do
		one "lock=$lock" "${BASE[@]}" threads_per_cpu=8 phases=1/8/1/8/1/8/1/8/1/8/1/8/1/8/1/8 duration_ms=320 locks=4 \
			"set_size=$((MAX_SET[$lock] < 2 ? MAX_SET[$lock] : 2))" order=opposite block_ns=1000000 block_every=5
		equal "$lock: lost_updates" "${R[certificate.lost_updates]}" 0
	done
}

stopped() {
	local lock
	for lock in "${LOCKS[@]}"; do
		control reset
		cfg "lock=$lock" "${BASE[@]}" threads_per_cpu=4 phases=1/4/2 duration_ms=60000
		start && wait_state run && nap 0.03 && control stop && wait_end 10 && load_result
		equal "$lock: verdict" "${R[verdict]}" INVALID
		equal "$lock: later parts" "${R[phases.2.ops]} ${R[phases.3.ops]} ${R[phases.2.window_ns]} ${R[phases.3.window_ns]}" "0 0 0 0"
		idle_from 1
		awk -f "$TOKBENCH_TEST/result.awk" "$TB"/results/{summary,threads,histogram} || fault "$lock: contradiction"
	done
	tasks
	equal "threads left" "${TASKS[*]}" tokbench
}

# Before the window opens, too.
stopped_warm() {
	local lock
	for lock in none mutex token-poll token-handoff lockmgr; do
		control reset
		cfg "lock=$lock" "${BASE[@]}" threads_per_cpu=8 phases=1/8 warmup_ms=60000
		start && wait_state warm && control stop && wait_end 10 && load_result
		equal "$lock: ops" "${R[totals.ops]} ${R[phases.1.ops]} ${R[phases.2.ops]}" "0 0 0"
	done
}

unloaded() {
	local lock
	for lock in none mutex semaphore ticket token-poll token-ipi token-ticket token-backoff token-handoff lockmgr; do
		cfg "lock=$lock" "${BASE[@]}" threads_per_cpu=8 phases=1/8/2/8 duration_ms=400
		start && wait_state run
		nap "0.$((RANDOM % 4))"
		unload
		gone
		load
	done
}

# Whoever started it is gone: all parts come all the same.
killed() {
	control reset
	tokctl run -q -n 1 -l token-sorted --hold 1us --think 1us --warmup 10ms --duration 600ms \
		--threads-per-cpu 4 --phases 1/4/1 >/dev/null 2>&1 &
	wait_state run && kill -KILL "$!"
	wait "$!" 2>/dev/null
	wait_end && load_result
	sound
	equal params.phases "${R[params.phases]}" 1/4/1
	holds "${R[phases.3.ops]} > 0" "ops of the last part"
}

# A CPU goes while most threads sleep, and while all work.
offline() {
	local lock phases cpu=/sys/devices/system/cpu/cpu2/online
	for lock in mutex semaphore token-poll token-ipi token-ticket token-handoff lockmgr; do
		for phases in 1/8 8/1; do
			control reset
			cfg "lock=$lock" "${BASE[@]}" cpus=1-2 threads_per_cpu=8 "phases=$phases" duration_ms=60000
			start && wait_state run && echo 0 >$cpu && wait_end && load_result
			echo 1 >$cpu
			equal "$lock: cpu_lost" "${R[certificate.cpu_lost]}" 1
			equal "$lock: lost_updates" "${R[certificate.lost_updates]}" 0
		done
	done
}

refusals() {
	no_start 'phases: 5 threads per CPU in part 2; threads_per_cpu is 4' threads_per_cpu=4 phases=1/5/1 duration_ms=100
	no_start 'phases: 3 parts in duration_ms 29; at least 10 ms each' threads_per_cpu=4 phases=1/2/1 duration_ms=29
}

locks_of_module
plan 11
check "1, 4, 16, 4, 1 threads with every lock" up_and_down
check "the same, measure=throughput, none" eval 'LOCKS=(none token-poll mutex); up_and_down measure=throughput; locks_of_module'
check "threads whose part never comes do nothing, with every lock" some_threads
check "threads whose part comes work" all_threads
check "sixteen parts, sets, and holders that sleep" many_parts
check "stopped in the first part: the later ones are empty" stopped
check "stopped while warm" stopped_warm
check "the module unloaded in the middle" unloaded
check "SIGKILL for tokctl: the parts go on" killed
if ! hotplug_reason; then
	check "a CPU lost in the middle" offline
else
	skip "a CPU lost in the middle" "$REPLY"
fi
check "phases that no run can have" refusals
