#!/bin/bash
#
# openloop - operations that arrive: as many as asked for, whatever the lock does
# with them; none is forgotten; a full queue refuses; response times are kept.
# That arrivals, operations and refusals add up, and that no operation responds
# faster than it got its lock, result.awk checks after every run.
#
# limit: 300

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

MS=200
BASE=(cpus=0-1 warmup_ms=20 hold_ns=1000 think_ns=500)

# poisson RATE: the arrivals in the window, six standard deviations. Those who
# came late, on a slow machine, have no arrivals before.
poisson() {
	local mean=$(($1 * (${R[totals.window_ns]} / 1000) / 1000000)) off
	[ "${R[certificate.late_threads]}" = 0 ] || return 0
	off=$((${R[totals.arrivals]} - mean))
	off=$(((off < 0 ? -off : off) - 2))
	holds "off <= 0 || off * off <= 36 * mean" "${R[totals.arrivals]} arrivals, $mean in the mean"
}

# Hardly any load: nothing is refused.
every_lock() {
	local lock
	for lock in "${LOCKS[@]}"; do
		one "lock=$lock" "${BASE[@]}" threads_per_cpu=2 rate=4000 duration_ms=100 queue_max=100000 measure="$1"
		poisson 4000
		equal "$lock: refused" "${R[totals.refused]}" 0
	done
}

# Of independent arrivals at different rates, for different numbers of threads.
rates() {
	local rate m
	for rate in 100 3000 50000 1000000; do
		for m in 1 4; do
			one lock=none "${BASE[@]}" "threads_per_cpu=$m" "rate=$rate" "duration_ms=$MS" queue_max=1000000
			poisson "$rate"
		done
	done
}

# Far more than can be done: the queues are full, what finds them so is refused,
# and the arrivals are as many all the same.
overload() {
	local lock
	for lock in "${LOCKS[@]}"; do
		one "lock=$lock" "${BASE[@]}" hold_ns=100000 rate=500000 queue_max=10 duration_ms=60
		poisson 500000
		holds "${R[totals.refused]} > 0" "$lock: refused"
		equal "$lock: queue_peak" "${R[totals.queue_peak]}" 10
		holds "${R[totals.ops]} < ${R[totals.arrivals]} / 2" "$lock: ops"
	done
}

# With one place an arrival waits while the one before is done, or is refused.
one_place() {
	one lock=mutex "${BASE[@]}" rate=100000 hold_ns=50000 queue_max=1 duration_ms=60
	equal queue_peak "${R[totals.queue_peak]}" 1
	holds "${R[totals.refused]} > 0" refused
}

# There is either loop's histogram, never both.
histograms() {
	one lock=mutex "${BASE[@]}" rate=20000 duration_ms=60
	holds "${R[latency.response_ns.count]} > 0" response_ns
	! grep -q '^handoff_ns' "$TB/results/histogram" || fault "handoff_ns in an open loop"
	one lock=mutex "${BASE[@]}" duration_ms=60
	equal arrivals "${R[totals.arrivals]:-none}" none
	! grep -q '^response_ns' "$TB/results/histogram" || fault "response_ns in a closed loop"
}

# A rate for all threads together; the arrivals are those of the seed.
with_others() {
	one lock=token-handoff "${BASE[@]}" rate=5000 threads_per_cpu=2 bystanders=1 block_ns=100000 block_every=4 \
		locks=8 set_size=2 order=random hold_dist=exp think_dist=bimodal groups=hold_ns=500/hold_ns=3000 "duration_ms=$MS"
	poisson 5000
	holds "${R[totals.bystander_ops]} > 0" bystander_ops
	equal refused "${R[totals.refused]}" 0
}

# One arrival in the mean hour; and stopped while all wait for theirs.
stopped() {
	local lock
	for lock in "${LOCKS[@]}"; do
		control reset
		cfg "lock=$lock" "${BASE[@]}" threads_per_cpu=2 rate=1 duration_ms=60000
		start && wait_state run && control stop && wait_end 10 && load_result
		equal "$lock: stopped" "${R[certificate.stopped]}" 1
		holds "${R[totals.ops]} <= ${R[totals.arrivals]} + 4" "$lock: ops, arrivals"
	done
	tasks
	equal "threads left" "${TASKS[*]}" tokbench
}

refusals() {
	no_start 'rate: 3000000; at most 1000000 for each of 2 threads' cpus=0-1 rate=3000000
	no_start 'queue_max: 1000000 for each of 32 threads; at most 16777216 in all' cpus=0-1 rate=10 \
		threads_per_cpu=16 queue_max=1000000
	no_start 'phases, rate: .*one of them' rate=10 threads_per_cpu=2 phases=1/2 duration_ms=1000
	# Without arrivals there is no queue.
	one lock=none cpus=0-1 hold_ns=1000 warmup_ms=0 duration_ms=20 threads_per_cpu=16 queue_max=1000000
}

locks_of_module
plan 9
check "a few arrivals with every lock" every_lock full
check "the same, measure=throughput" every_lock throughput
check "as many arrivals as asked for" rates
check "overload: full queues, refusals, and all arrivals counted" overload
check "one place to wait" one_place
check "response_ns in an open loop, handoff_ns in a closed one" histograms
check "with groups, sleep, sets and bystanders" with_others
check "stopped while all wait for an arrival" stopped
check "rates and queues that no run can have" refusals
