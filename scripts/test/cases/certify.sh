#!/bin/bash
#
# certify - the certificate notices what it claims to notice: faults made on
# purpose (parameter fault), and the threshold of overlap.
#
# limit: 240

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

MS=40
[ "$(nproc)" -gt 2 ] && CPUS=1-2 || CPUS=0-1

# faulty LOCK FAULT NAME=VALUE...: a run with a fault that says so, is consistent
# in itself, and had it injected and noticed.
faulty() {
	control reset
	run_wait "lock=$1" "fault=$2" "cpus=$CPUS" hold_ns=1000 think_ns=500 warmup_ms=10 "duration_ms=$MS" "${@:3}" || return
	awk -f "$TOKBENCH_TEST/result.awk" "$TB"/results/{summary,threads,histogram} ||
		fault "$1: the result contradicts itself"
	equal "$1: params.fault" "${R[params.fault]}" "$2"
	equal "$1: certificate.fault" "${R[certificate.fault]}" "$2"
	[[ ! ${R[reason]:-} =~ 'not injected'|'not noticed' ]] || fault "$1: ${R[reason]}"
	holds "${R[totals.ops]} > 0" "$1: ops"
}

# because LOCK VERDICT PATTERN: of the run that ended.
because() {
	equal "$1: verdict" "${R[verdict]}" "$2"
	[[ ${R[reason]:-} =~ $3 ]] || fault "$1: reason '${R[reason]:-}', which does not match '$3'"
}

# late NAME=VALUE...: one thread is, of any lock, and so a part of the window is
# without it. A busy machine may make others late, too: once more.
late() {
	local lock
	for lock in "${LOCKS[@]}"; do
		tries one_late "$lock" "$@"
	done
}

one_late() {
	faulty "$1" late overlap_min_pct=100 "${@:2}" || return 0
	because "$1" INVALID 'threads had not begun when the window opened; raise warmup_ms'
	because "$1" INVALID 'all threads were there for 0\.[0-9]+ of the window only'
	equal "$1: lost_updates" "${R[certificate.lost_updates]}" 0
	equal "$1: violations" "${R[certificate.violations]}" 0
	holds "${R[certificate.late_threads]} >= 1" "$1: late_threads"
	((${R[certificate.late_threads]} == 1))
}

# The only thread there is: nobody is there before it.
late_alone() {
	faulty mutex late cpus=0
	because mutex INVALID 'had not begun'
	equal late_threads "${R[certificate.late_threads]}" 1
	# No reason for a threshold of 0.
	faulty mutex late overlap_min_pct=0
	because mutex INVALID 'had not begun'
	[[ ! ${R[reason]} =~ 'were there for' ]] || fault "${R[reason]}"
}

stop_before() {
	control reset
	cfg lock=mutex fault=late "cpus=$CPUS" hold_ns=1000 warmup_ms=0 duration_ms=600000
	start && wait_state run && control stop && wait_end 10 && load_result
	because mutex INVALID 'stopped after'
	because mutex INVALID 'the fault late was not injected; let the run end by itself'
	tasks
	equal "threads left" "${TASKS[*]}" tokbench
}

move() {
	local lock
	locks_with '!lwkt'
	holds "${#WITH[@]} > 3"
	for lock in "${WITH[@]}"; do
		faulty "$lock" move "$@"
		because "$lock" INVALID '(^|; )1 threads left their CPU; do not change their affinity'
		equal "$lock: left_cpu" "${R[certificate.left_cpu]}" 1
		equal "$lock: violations" "${R[certificate.violations]}" 0
		equal "$lock: lost_updates" "${R[certificate.lost_updates]}" 0
	done
}

intrude() {
	local lock
	locks_with '!unchecked'
	holds "${#WITH[@]} > 8"
	for lock in "${WITH[@]}"; do
		faulty "$lock" intrude "$@"
		because "$lock" FAILED '(^|; )exclusion violated in [0-9]+ sections'
		holds "${R[certificate.violations]} > 0" "$lock: violations"
		state
		equal "$lock: state" "$STATE" failed
	done
}

# The intruder writes to the last lock of the set that all threads have.
intrude_last() {
	local lock
	locks_with '!unchecked'
	for lock in "${WITH[@]}"; do
		((MAX_SET[$lock] >= 3)) || continue
		faulty "$lock" intrude locks=3 set_size=3 "$@"
		because "$lock" FAILED '(^|; )exclusion violated in [0-9]+ sections'
	done
}

intrude_shared() {
	local lock
	locks_with shared
	for lock in "${WITH[@]}"; do
		faulty "$lock" intrude shared_pct=100
		because "$lock" FAILED 'exclusion violated'
	done
}

refusals() {
	local lock
	locks_with lwkt
	for lock in "${WITH[@]}"; do
		no_start "fault: move; a thread of $lock cannot leave its CPU" "lock=$lock" fault=move
	done
	no_start 'fault: intrude; none protects nothing that is checked' lock=none fault=intrude
	no_start 'fault: late; none with phases' lock=mutex fault=late threads_per_cpu=2 phases=1/2 duration_ms=100
	no_start 'fault: move; none with rate' lock=mutex fault=move rate=1000
}

values() {
	expect_refused config/fault early EINVAL '^fault: "early" is not a word of this parameter; allowed: none,late,move,intrude,hang$'
	expect_refused config/overlap_min_pct 101 EINVAL '^overlap_min_pct: "101" .*allowed: 0 to 100$'
	cfg fault=intrude overlap_min_pct=100
	control reset
	get config/fault
	equal "fault after a reset" "$REPLY" none
	get config/overlap_min_pct
	equal "overlap_min_pct after a reset" "$REPLY" 95
}

# After all of them: a run without a fault is as it always was.
sound_again() {
	one lock=mutex "cpus=$CPUS" hold_ns=1000 warmup_ms=10 "duration_ms=$MS"
	equal certificate.fault "${R[certificate.fault]}" none
	equal violations "${R[certificate.violations]}" 0
}

# The verdict is what overlap and the threshold make it, whatever the overlap.
thresholds() {
	local pct ppm below
	for pct in 0 50 95 99 100; do
		control reset
		run_wait lock=mutex "cpus=$CPUS" threads_per_cpu=2 hold_ns=1000 warmup_ms=10 "duration_ms=$MS" "overlap_min_pct=$pct"
		equal overlap_min_pct "${R[params.overlap_min_pct]}" "$pct"
		ppm=$(awk -v x="${R[certificate.overlap]}" 'BEGIN { printf "%d", x * 1000000 + 0.5 }')
		below=no
		[[ ! ${R[reason]:-} =~ 'were there for' ]] || below=yes
		equal "$pct %, overlap ${R[certificate.overlap]}: below" "$below" "$( ((ppm < pct * 10000)) && echo yes || echo no)"
	done
	# One that a part of the window is without.
	faulty mutex late overlap_min_pct=100
	because mutex INVALID 'were there for'
}

locks_of_module
few_locks
[ "$(nproc)" -ge 2 ] || skip_all certify "one CPU"
plan 14
check "late: seen with every lock" late
check "late: seen with measure=throughput and 3 threads per CPU" late measure=throughput threads_per_cpu=3
check "late: also the only thread, also without a threshold" late_alone
check "late, but stopped before: not injected, and says so" stop_before
check "move: seen with every lock on Linux's scheduler" move
check "move: seen with 3 threads per CPU and long sections" move threads_per_cpu=3 hold_ns=100000
check "intrude: seen with every lock that is checked" intrude
check "intrude: seen with 8 locks and measure=throughput" intrude locks=8 measure=throughput
check "intrude: seen in the last lock of a set" intrude_last
check "intrude: seen by readers" intrude_shared
check "faults that no run can have" refusals
check "values" values
check "the threshold of overlap decides" thresholds
check "a run after all that is sound" sound_again
