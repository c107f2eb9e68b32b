#!/bin/bash
#
# unload - the module goes at any time, whatever is on, and leaves nothing.
#
# limit: 300

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

CYCLES=60 PER_CPU=24
case $TOKBENCH_LAB.$QUICK in
uml.no) ;;
*) CYCLES=24 ;;
esac

cycles() {
	local i lock
	for ((i = 0; i < CYCLES && FAULTS == 0; i++)); do
		loaded || load
		lock=${LOCKS[i % ${#LOCKS[@]}]}
		cfg "lock=$lock" hold_ns=1000 "threads_per_cpu=$((i % 3 + 1))" warmup_ms=0 duration_ms=$((i % 2 * 10 + 10))
		start && wait_end
		state
		equal "cycle $i: $lock" "$STATE $RUN" "done 1"
		unload
	done
	gone
	load
}

# at STATE LOCK: unload while a run with many threads is in that state.
at() {
	local ms=60000
	loaded || load
	cfg "lock=$2" hold_ns=1000 think_ns=100 locks=4 "set_size=$((${MAX_SET[$2]:-2} > 1 ? 2 : 1))" "threads_per_cpu=$PER_CPU" warmup_ms=0 duration_ms=$ms
	[ "$1" != blocked ] || cfg block_ns=1000000 block_every=2
	[ "$1" != warm ] || cfg warmup_ms=60000
	start || return
	case $1 in
	armed) ;;
	warm) wait_state warm ;;
	run | blocked) wait_state run && nap 0.1 ;;
	cool) wait_state run && control stop ;;
	esac
	unload
	gone
}

each_state() {
	local when
	for when in armed warm run blocked cool; do
		[ "$when" != blocked ] || [ "$1" = broken ] || has "$1" blocks || continue
		at "$when" "$1"
	done
	load
}

# held FILE: while it is open the module stays; later it goes.
held() {
	local file
	loaded || load
	for file in state error version results/summary results/threads results/histogram config/hold_ns; do
		exec {fd}<"$TB/$file"
		rmmod tokbench 2>"$SCRATCH/err" && fault "$file: unloaded under an open file"
		grep -q 'in use' "$SCRATCH/err" || fault "$file: $(cat "$SCRATCH/err")"
		loaded || return
		cat <&"$fd" >/dev/null || fault "$file: cannot be read"
		exec {fd}<&-
	done
	unload
	gone
	load
}

# A refused unload does not disturb the run; after it the module goes.
held_in_run() {
	cfg lock=token-poll hold_ns=1000 warmup_ms=10 duration_ms=400
	start && wait_state run
	exec {fd}<"$TB/state"
	rmmod tokbench 2>/dev/null && fault "unloaded under an open file"
	wait_end && load_result
	equal stopped "${R[certificate.stopped]}" 0
	sound
	exec {fd}<&-
	unload
	gone
	load
}

# Who polls does so until the unload has been refused, however long that takes.
polled() {
	local word reader
	exec {out}< <(exec "$BIN/io" poll "$TB/state" 120000)
	reader=$!
	read -r word <&"$out"
	rmmod tokbench 2>/dev/null && fault "unloaded under a poll(2)"
	kill "$reader" || fault "poll(2) returned"
	! read -r word <&"$out" || fault "poll(2) saw $word"
	exec {out}<&-
	wait "$reader" 2>/dev/null
	unload
	gone
	load
}

forgets() {
	cfg lock=mutex hold_ns=12345 seed=7
	unload
	load
	get config/hold_ns
	equal hold_ns "$REPLY" 0
	get config/lock
	equal lock "$REPLY" token-poll
	equal state "$(cat "$TB/state")" "idle 0 - 0 0"
}

twice() {
	insmod "$KO" 2>/dev/null && fault "loaded twice"
	loaded || fault "gone after a second insmod"
	run_wait lock=mutex hold_ns=1000 warmup_ms=0 duration_ms=20
	sound
}

locks_of_module
few_locks
LOCKS+=(broken)
plan $((${#LOCKS[@]} + 6))
check "a second load is refused and changes nothing" twice
for lock in "${LOCKS[@]}"; do
	check "$lock: unload while armed, warm, run, asleep, cool, $PER_CPU threads per CPU" urgent each_state "$lock"
done
check "an open file keeps the module, until it is closed" held
check "so it does in a run, which goes on" held_in_run
check "so does poll(2)" polled
check "what was configured is gone after unload and load" forgets
LOCKS=("${LOCKS[@]/broken/none}")
check "$CYCLES cycles of load, run, unload" cycles
