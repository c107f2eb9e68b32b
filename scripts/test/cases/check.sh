#!/bin/bash
#
# check - the word check to control: what start would say, and nothing else
# happens; and combinations of the workload's parameters that no run can have.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

# everything: what a check must leave as it is.
everything() {
	(cd "$TB" && head -n 2000 state error config/[a-z]*_* config/lock config/token/* results/summary results/threads 2>/dev/null)
}

# A configuration that can run, and does.
good() {
	local lock before
	for lock in "${LOCKS[@]}"; do
		control reset
		cfg "lock=$lock" hold_ns=1000 threads_per_cpu=2 locks=4 warmup_ms=0 duration_ms=10
		before=$(everything)
		control check
		equal "$lock: after a check" "$(everything)" "$before"
		tasks
		equal "$lock: threads" "${TASKS[*]}" tokbench
	done
	run_wait
	sound
	before=$(everything)
	control check
	equal "after a run and a check" "$(everything)" "$before"
	equal run "$(cut -d' ' -f1,2 "$TB/state")" "done 1"
}

# A run with all of it is what check says it is.
elaborate() {
	control reset
	cfg lock=token-sorted hold_ns=1000 hold_dist=exp think_dist=bimodal threads_per_cpu=4 locks=100 set_size=3 \
		order=random pick=zipf zipf_milli=1200 touch_lines=2 shared_pct=10 block_ns=1000 block_every=9 bystanders=1 \
		groups=hold_ns=500:nice=1/threads=2 phases=4/1/2 warmup_ms=10 duration_ms=60
	control check
	run_wait
	sound
}

while_busy() {
	control reset
	cfg lock=mutex hold_ns=1000 warmup_ms=10 duration_ms=60000
	start && wait_state run
	expect_refused control check EBUSY '^check: run 1 \(mutex\) is on'
	state
	equal state "$STATE $RUN" "run 1"
	stop_any
}

# A refused check or start is forgotten like any other refusal, and the next
# start works.
after_refusals() {
	control reset
	cfg lock=mutex hold_ns=1000 shared_pct=5 warmup_ms=0 duration_ms=20
	expect_refused control check EINVAL '^start: shared_pct: 5; mutex'
	run_wait shared_pct=0
	sound
	equal run "$(cut -d' ' -f1,2 "$TB/state")" "done 1"
}

# For as long as these are held nobody else runs on that CPU, nor on those of
# their waiters.
shut() {
	local lock
	locks_with '!blocks'
	holds "${#WITH[@]} > 0"
	for lock in "${WITH[@]}"; do
		no_start "hold_ns: 600000000; $lock can have at most 500000000 on 2 CPUs .const." \
			"lock=$lock" cpus=0-1 hold_ns=600000000
		no_start "hold_ns: 30000000; $lock can have at most 20833333 on 2 CPUs .exp." \
			"lock=$lock" cpus=0-1 hold_ns=30000000 hold_dist=exp
		control reset
		cfg "lock=$lock" cpus=0 hold_ns=600000000
		control check
		cfg hold_ns=20000000 hold_dist=bimodal cpus=0-1
		control check
	done
}

touching() {
	local lines='at most 4194304 lines in all'
	no_start "touch_lines: 1024 of 5000 objects; $lines" lock=mutex locks=5000 touch_lines=1024
	# Their own, of the threads of a lock that claims nothing.
	no_start "touch_lines: 1024 of 6400 objects; $lines" lock=none cpus=0-1 threads_per_cpu=32 locks=100 set_size=100 touch_lines=1024
	run_wait threads_per_cpu=8 touch_lines=32
	sound
	equal lost_updates "${R[certificate.lost_updates]}" 0
}

# The largest that are allowed do run.
largest() {
	control reset
	run_wait lock=mutex cpus=0-1 hold_ns=1000 warmup_ms=0 duration_ms=20 locks=4096 set_size=2 touch_lines=1024
	sound
	equal lost_updates "${R[certificate.lost_updates]}" 0
}

# In the words of the ABI: one word.
words() {
	expect_refused control che EINVAL '^control: "che" .*start, stop, reset, bench, check'
	expect_refused control 'check start' EINVAL '^control: "check start" '
	expect_refused control CHECK EINVAL '^control: "CHECK" '
}

locks_of_module
plan 8
check "a configuration that can run: check says so, and changes nothing" good
check "one with everything in it: check says so, and it runs" elaborate
check "while a run is on: EBUSY" while_busy
check "what check refuses can be put right" after_refusals
check "holders that would shut a CPU for too long" shut
check "more lines to touch than allowed" touching
check "as many lines to touch as fit" largest
check "check is one word" words
