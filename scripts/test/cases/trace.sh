#!/bin/bash
#
# trace - the events tokbench:* for perf and trace-cmd.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

for TRACE in /sys/kernel/tracing /sys/kernel/debug/tracing ''; do
	[ ! -d "$TRACE/events" ] || break
done

there() {
	equal events "$(cd "$TRACE/events/tokbench" && printf '%s ' tokbench_*)" \
		"tokbench_calibrate tokbench_phase tokbench_switch tokbench_token_fail "
	grep -q 'field:unsigned int phase' "$TRACE/events/tokbench/tokbench_phase/format" || fault "tokbench_phase has no phase"
	grep -q 'field:bool contended' "$TRACE/events/tokbench/tokbench_switch/format" || fault "tokbench_switch has no contended"
	grep -q 'field:char token' "$TRACE/events/tokbench/tokbench_token_fail/format" || fault "tokbench_token_fail has no token"
}

# traced NAME=VALUE...: a short run with all events on; the trace in a file.
traced() {
	control reset
	echo 4096 >"$TRACE/buffer_size_kb"
	echo >"$TRACE/trace"
	echo 1 >"$TRACE/events/tokbench/enable"
	run_wait cpus=0-1 threads_per_cpu=2 hold_ns=200000 warmup_ms=0 duration_ms=50 "$@"
	echo 0 >"$TRACE/events/tokbench/enable"
	grep -v '^#' "$TRACE/trace" >"$SCRATCH/trace"
	sound
}

events() { REPLY=$(grep -c "tokbench_$1:" "$SCRATCH/trace"); }

# A run is calibrated on its own CPUs, and on no other, wherever the start comes from.
calibrated() {
	local cpu others
	for cpu in 0 1; do
		taskset -pc "$((1 - cpu))" $$ >/dev/null
		traced lock=mutex "cpus=$cpu" hold_ns=1000
		equal "CPU $cpu: of which there are events" \
			"$(grep 'tokbench_calibrate:' "$SCRATCH/trace" | grep -o 'cpu=.* ' | sort -u | paste -sd' ')" \
			"cpu=$cpu none=0  cpu=$cpu none=1 "
		others=$(grep 'tokbench_calibrate:' "$SCRATCH/trace" | grep -cv "\[00$cpu\]")
		equal "CPU $cpu: events on others" "$others" 0
	done
	taskset -pc 0-1 $$ >/dev/null
	traced lock=mutex cpus=0-1 hold_ns=1000
	equal "CPUs 0-1" "$(grep 'tokbench_calibrate:' "$SCRATCH/trace" | grep -o 'cpu=.* ' | sort -u | paste -sd' ')" \
		"cpu=0 none=0  cpu=0 none=1  cpu=1 none=0  cpu=1 none=1 "
}

phases() {
	traced lock=mutex
	equal "phases" "$(sed -n 's/.*tokbench_phase: run=1 phase=//p' "$SCRATCH/trace" | head -n 3 | paste -sd' ')" "1 2 3"
	events token_fail
	equal "token_fail with a mutex" "$REPLY" 0
	events switch
	equal "switch with a mutex" "$REPLY" 0
}

token_poll() {
	traced lock=token-poll
	events token_fail
	holds "$REPLY > 0" "token_fail"
	[ "$REPLY" -ge "${R[totals.attempts_failed]}" ] || grep -qv 'overrun: 0' "$TRACE"/per_cpu/cpu*/stats ||
		fault "$REPLY events for ${R[totals.attempts_failed]} failed attempts"
	grep -qE 'tokbench_token_fail: pid=[0-9]+ token=[^ ]+ index=0 owner_pid=[0-9]+ tentative=0' "$SCRATCH/trace" ||
		fault "no token_fail of the right form: $(grep -m1 token_fail "$SCRATCH/trace")"
	events switch
	holds "$REPLY > 0" "switch"
	grep -qE 'tokbench_switch: prev_pid=[0-9]+ next_pid=[0-9]+ next_idle=[01] contended=[01]' "$SCRATCH/trace" ||
		fault "no switch of the right form"
}

off() {
	control reset
	echo >"$TRACE/trace"
	run_wait lock=token-poll cpus=0-1 threads_per_cpu=2 hold_ns=1000 warmup_ms=0 duration_ms=20
	equal "events while off" "$(grep -c tokbench_ "$TRACE/trace")" 0
}

# The module goes while its events are on, and comes back.
unload_while_on() {
	echo 1 >"$TRACE/events/tokbench/enable"
	unload
	gone
	[ ! -e "$TRACE/events/tokbench" ] || fault "events are still there"
	load
	there
	echo 0 >"$TRACE/events/tokbench/enable"
}

[ -n "$TRACE" ] || skip_all "trace events" "this kernel has none"
plan 6
check "four events are there, with their fields" there
check "calibrate: the CPUs of the run, wherever the start comes from" calibrated
check "phase: 1 2 3, in this order; no LWKT event from a mutex" phases
check "token_fail and switch: at least as many as counted" token_poll
check "off: none" off
check "unload while events are on" unload_while_on
