#!/bin/bash
#
# busy - one run at a time: what is refused meanwhile, who wins a race, how a
# run is stopped, and what readers of state and results see.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

# A run that is on until it is stopped.
long_run() {
	control reset
	cfg lock="${1:-mutex}" hold_ns=1000 think_ns=1000 warmup_ms=10 duration_ms=60000
	start && wait_state run
}

refuses() {
	local name before reason='^NAME: run 1 \(mutex\) is on'
	long_run
	for name in start reset bench; do
		expect_refused control "$name" EBUSY "${reason/NAME/$name}"
	done
	for name in $(tail -n +2 "$TB/parameters" | cut -f1); do
		get "config/$name"
		before=$REPLY
		expect_refused "config/$name" "${before:-0}" EBUSY "${reason/NAME/$name}"
	done
	state
	equal state "$STATE $RUN $LOCK" "run 1 mutex"
	stop_any
}

stop_ends_it() {
	local lock
	locks_of_module
	for lock in "${LOCKS[@]}"; do
		long_run "$lock"
		control stop && wait_end && load_result
		equal "$lock: verdict" "${R[verdict]}" INVALID
		equal "$lock: stopped" "${R[certificate.stopped]}" 1
		[[ ${R[reason]} == *stopped* ]] || fault "$lock: reason '${R[reason]}'"
		equal "$lock: state" "$(cut -d' ' -f1 "$TB/state")" "done"
	done
}

stop_while_warm() {
	control reset
	cfg lock=token-poll hold_ns=1000 warmup_ms=60000
	start && wait_state warm && control stop && wait_end && load_result
	equal verdict "${R[verdict]}" INVALID
	[[ ${R[reason]} == *"never opened"* ]] || fault "reason '${R[reason]}'"
	equal ops "${R[totals.ops]}" 0
}

stop_idle() {
	control reset
	expect_refused control stop ESRCH '^stop: no run is on'
	run_wait lock=mutex hold_ns=1000 warmup_ms=0 duration_ms=10
	expect_refused control stop ESRCH '^stop: no run is on'
	equal state "$(cut -d' ' -f1,2 "$TB/state")" "done 1"
}

race() {
	local _ outcome
	for _ in 1 2 3 4 5; do
		control reset
		cfg lock=mutex hold_ns=1000 warmup_ms=0 duration_ms=60000
		outcome=$("$BIN/io" race 4 "$TB/control" start | sort | uniq -c | tr -s ' \n' ' ')
		equal "outcome of 4 starts" "$outcome" " 3 EBUSY 1 ok 5 "
		state
		equal "run" "$RUN" 1
		stop_any
	done
}

# poll_for WORD COMMAND...: COMMAND makes poll(2) on state report.
poll_wakes() {
	local word
	control reset
	cfg lock=mutex hold_ns=1000 warmup_ms=100 duration_ms=400
	exec {out}< <("$BIN/io" poll "$TB/state" 20000)
	read -r word <&"$out"
	equal "helper" "$word" ready
	start
	read -r word <&"$out"
	equal "start" "$word" "POLLIN POLLPRI"
	exec {out}<&-
	wait_state run
	equal "end of a run" "$("$BIN/io" poll "$TB/state" 20000 | tail -n 1)" "POLLIN POLLPRI"
	wait_end
	equal "nothing happens" "$("$BIN/io" poll "$TB/state" 300 | tail -n 1)" timeout
}

snapshot() {
	local first
	control reset
	run_wait lock=mutex hold_ns=1000 warmup_ms=0 duration_ms=20
	cp "$TB"/results/{summary,threads,histogram} "$SCRATCH"
	exec {a}<"$TB/results/summary" {b}<"$TB/results/threads" {c}<"$TB/results/histogram"
	read -r first <&"$a"
	run_wait lock=token-poll threads_per_cpu=3
	{ echo "$first" && cat <&"$a"; } | cmp - "$SCRATCH/summary" || fault "summary changed under its reader"
	cmp - "$SCRATCH/threads" <&"$b" || fault "threads changed under its reader"
	cmp - "$SCRATCH/histogram" <&"$c" || fault "histogram changed under its reader"
	control reset
	exec {a}<&- {b}<&- {c}<&-
	equal "run" "$(sed -n 's/^run //p' "$SCRATCH/summary")" 1
	equal "after reset" "$(cat "$TB/results/summary")" ''
}

pieces() {
	local file
	run_wait lock=token-poll hold_ns=1000 warmup_ms=0 duration_ms=20 threads_per_cpu=2
	for file in version variants parameters state results/{summary,threads,histogram}; do
		"$BIN/io" drip "$TB/$file" | cmp - "$TB/$file" || fault "$file differs in pieces"
	done
}

# A reader that takes state byte by byte gets what it was at one moment, also
# while the numbers in it change.
state_in_pieces() {
	local line words before
	long_run
	while state && [ "$ELAPSED" -lt 1500 ]; do
		before=$ELAPSED
		line=$("$BIN/io" drip "$TB/state")
		[[ $line =~ ^run\ 1\ mutex\ [0-9]+\ 60010$ ]] || fault "state: '$line'"
		read -ra words <<<"$line"
		state
		holds "$before <= ${words[3]:--1} && ${words[3]:--1} <= $ELAPSED" "ELAPSED_MS read in pieces, between two others"
	done
	stop_any
}

plan 10
check "while a run is on: start, reset, bench and every parameter EBUSY" refuses
check "stop ends a run with each lock: INVALID, with the reason" stop_ends_it
check "stop while warm: the window never opened" stop_while_warm
check "stop while no run is on: ESRCH" stop_idle
check "of four that start at once one wins" race
check "poll(2) on state reports changes, and only changes" poll_wakes
check "an open result file keeps showing its run" snapshot
check "files read in pieces of one byte are the files" pieces
check "state read in pieces of one byte, while it changes, is one line" state_in_pieces
check "a later start works" run_wait lock=mutex hold_ns=1000 warmup_ms=0 duration_ms=20
