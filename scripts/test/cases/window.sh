#!/bin/bash
#
# window - the measured window opens after the warm-up, lasts as long as asked
# for and no shorter, and what is counted is counted in it.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

now_ms() { REPLY=${EPOCHREALTIME/./} && REPLY=${REPLY%???}; }

durations() {
	local lock ms began
	locks_of_module
	for lock in "${LOCKS[@]}"; do
		for ms in 10 150; do
			control reset
			cfg "lock=$lock" hold_ns=1000 warmup_ms=40 "duration_ms=$ms"
			now_ms && began=$REPLY
			start && wait_end && now_ms && load_result
			sound
			holds "${R[totals.window_ns]} >= $ms * 1000000" "$lock, window of $ms ms"
			holds "$REPLY - $began >= $ms + 40 - 1" "$lock, ms from start to end"
		done
	done
}

# A long warm-up before a short window: its operations are not counted.
warmup() {
	local max
	control reset
	run_wait lock=mutex cpus=0 hold_ns=100000 warmup_ms=1000 duration_ms=20
	sound
	max=$((${R[totals.window_ns]} * 2 / 100000 + 10))
	holds "${R[totals.ops]} <= $max" "operations of 100 us in the window only"
	holds "${R[totals.useful_ns]} == ${R[totals.ops]} * 100000"
}

# Restarts are those of the window: what comes between two windows, after the
# first and in the warm-up of the second, which is twenty times as long, is not
# in them. Per operation, since the machine may be slower in one of them.
restarts() {
	local lock
	locks_with restarts
	for lock in "${WITH[@]}"; do
		tries restarts_of "$lock"
	done
}

restarts_of() {
	local few ops
	control reset
	run_wait "lock=$1" cpus=0-1 threads_per_cpu=2 locks=4 set_size=3 order=random hold_ns=20000 \
		warmup_ms=0 duration_ms=100
	few=${R[totals.attempts_failed]} ops=${R[totals.ops]}
	run_wait warmup_ms=2000
	sound
	echo "$1: attempts_failed $few of $ops, then ${R[totals.attempts_failed]} of ${R[totals.ops]}"
	((few > 0 && ${R[totals.ops]} > 0)) &&
		((${R[totals.attempts_failed]} * ops <= 5 * few * ${R[totals.ops]}))
}

state_counts_up() {
	local last=0 seen=''
	control reset
	cfg lock=mutex hold_ns=1000 warmup_ms=200 duration_ms=300
	start
	while on; do
		[ "$STATE" = armed ] || equal TOTAL_MS "$TOTAL" 500
		holds "$ELAPSED >= $last && $ELAPSED <= 500" "ELAPSED_MS"
		last=$ELAPSED
		[[ $seen == *"$STATE "* ]] || seen+="$STATE "
		nap 0.01
	done
	equal "states seen" "$(sed 's/armed //; s/cool //' <<<"$seen")" "warm run "
	equal "state at the end" "$STATE $RUN" "done 1"
}

# A thread that cannot get to its CPU holds the start up: the run stays armed,
# and stop still ends it. This shell must not get onto that CPU itself.
# Linux lets normal tasks run for 50 ms of every second even beside a real-time
# one, so on a slow machine the run may get going after all: then once more.
armed() {
	local cpu
	cpu=$(($(nproc --all) - 1))
	taskset -pc 0 $$ >/dev/null
	tries armed_once "$1" "$cpu"
	equal verdict "${R[verdict]}" INVALID
	[[ ${R[reason]} == *"never opened"* ]] || fault "reason '${R[reason]}'"
	taskset -pc "0-$cpu" $$ >/dev/null
}

# armed_once LOCK CPU: the result in R; true if the run never got going.
armed_once() {
	local cpu=$2 seen
	control reset
	cfg lock="$1" cpus="$cpu" hold_ns=1000 warmup_ms=0 duration_ms=60000
	"$BIN/spin" "$cpu" 1500 fifo >"$SCRATCH/spin" &
	nap 0.3
	start
	state
	seen=$STATE
	expect_refused control start EBUSY '^start: run 1'
	control stop
	wait "$!"
	wait_end && load_result
	[ "$seen ${R[totals.window_ns]}" = "armed 0" ]
}

throughput() {
	control reset
	run_wait lock=token-poll hold_ns=1000 warmup_ms=10 duration_ms=50 measure=throughput threads_per_cpu=2
	sound
	equal "lines of histogram" "$(wc -l <"$TB/results/histogram")" 1
	! grep -q '^latency\.' "$TB/results/summary" || fault "latency keys"
}

run_numbers() {
	local i
	control reset
	for i in 1 2 3; do
		run_wait lock=none hold_ns=1000 warmup_ms=0 duration_ms=10
		equal run "${R[run]}" "$i"
		state
		equal "state: run" "$RUN" "$i"
	done
	control reset
	state
	equal "after reset" "$RUN" 0
}

plan 8
check "the window is at least as long as asked for, after the warm-up" durations
check "operations of the warm-up are not counted" warmup
check "restarts between two windows are in neither" restarts
check "state: warm and run in turn, ELAPSED_MS counts up to TOTAL_MS" state_counts_up
check "mutex: a run whose threads cannot begin stays armed until stopped" armed mutex
check "token-poll: a run whose threads cannot begin stays armed until stopped" armed token-poll
check "measure=throughput: no histograms" throughput
check "runs are numbered from 1, again after reset" run_numbers
