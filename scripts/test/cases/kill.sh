#!/bin/bash
#
# kill - tokctl dies, is interrupted, or meets another: the kernel's run ends
# by itself, its result can be read, and nobody gets the other's numbers.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

LOAD=(--hold 1us --think 1us --warmup 20ms)

# tokctl_run LOCK DURATION [OPTION...]
tokctl_run() {
	tokctl run -q -n 1 -l "$1" "${LOAD[@]}" --duration "$2" "${@:3}"
}

# The same in place of this shell: behind "&", $! is tokctl itself.
tokctl_exec() {
	exec tokctl run -q -n 1 -l "$1" "${LOAD[@]}" --duration "$2" "${@:3}"
}

killed() {
	local lock
	locks_of_module
	for lock in "${LOCKS[@]}"; do
		control reset
		tokctl_exec "$lock" 1s >"$SCRATCH/out" 2>&1 &
		wait_state 'warm|run' && kill -KILL "$!"
		wait "$!" 2>/dev/null
		# So it did not see the end of its run, which goes on without it.
		equal "$lock: exit status" "$?" 137
		wait_end && load_result
		equal "$lock: the run" "$LOCK" "$lock"
		equal "$lock: stopped" "${R[certificate.stopped]}" 0
		sound
		equal "$lock: read by another" "$(tokctl show totals.ops)" "${R[totals.ops]}"
	done
}

next_works() {
	tokctl_run mutex 20ms -f json >"$SCRATCH/out" || fault "tokctl returned $?"
	equal verdict "$(jq -r '.runs[].verdict' "$SCRATCH/out")" ok
}

# has_verdict WORD: a run of the result in $SCRATCH/out has it.
has_verdict() { json_has "$SCRATCH/out" "any(.runs[]; .verdict == \"$1\")"; }

# interrupted SIGNAL: env gives it its default action back, which it does not
# have in a background job.
interrupted() {
	control reset
	env --default-signal="$1" tokctl run -q -n 1 -l token-poll --hold 1us --think 0 \
		--warmup 10ms --duration 60s -f json >"$SCRATCH/out" 2>"$SCRATCH/err" &
	wait_state run
	nap 0.2
	kill -s "$1" "$!"
	wait "$!"
	equal "exit status" "$?" 1
	wait_end 20 && load_result
	equal stopped "${R[certificate.stopped]:-}" 1
	has_verdict INVALID || fault "no partial result: $(head -c 300 "$SCRATCH/out" "$SCRATCH/err")"
}

two_at_once() {
	local a b
	control reset
	tokctl_run mutex 600ms -n 2 -f json >"$SCRATCH/a" &
	wait_state 'warm|run'
	tokctl_run lockmgr 300ms -f json >"$SCRATCH/b" 2>"$SCRATCH/err"
	b=$?
	wait "$!"
	a=$?
	equal "exit status of the first" "$a" 0
	equal "locks of the first" "$(jq -c '[.runs[].lock]' "$SCRATCH/a")" '["mutex","mutex"]'
	case $b in
	0) equal "lock of the second" "$(jq -r '.runs[].lock' "$SCRATCH/b")" lockmgr ;;
	1) [ -s "$SCRATCH/err" ] || fault "the second says nothing" ;;
	*) fault "exit status of the second: $b: $(cat "$SCRATCH/err")" ;;
	esac
}

stopped() {
	control reset
	tokctl_run token-poll 60s -f json >"$SCRATCH/out" 2>"$SCRATCH/err" &
	wait_state run
	tokctl stop || fault "tokctl stop returned $?"
	wait "$!"
	equal "exit status" "$?" 1
	has_verdict INVALID || fault "no partial result: $(cat "$SCRATCH/err")"
	tokctl stop >"$SCRATCH/out" 2>"$SCRATCH/err" && fault "tokctl stop works twice"
	[ -s "$SCRATCH/err" ] || fault "the second tokctl stop says nothing"
}

status() {
	local wanted=$1
	shift
	tokctl "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"
	equal "tokctl $*: exit status" "$?" "$wanted"
	[ "$wanted" = 0 ] || [ -s "$SCRATCH/err" ] || grep -q FAILED "$SCRATCH/out" || fault "tokctl $* says nothing"
}

statuses() {
	local short=(--hold 1us --think 0 --warmup 0 --duration 50ms)
	control reset
	status 0 run -q -l mutex "${short[@]}"
	status 1 run -q -l broken --threads-per-cpu 4 "${short[@]}"
	status 2 run -q -l nosuchlock "${short[@]}"
	grep -q nosuchlock "$SCRATCH/err" && grep -q token-poll "$SCRATCH/err" ||
		fault "does not name the lock and those there are: $(cat "$SCRATCH/err")"
	status 2 run -q -l mutex --hold 0 --think 0
	status 2 run -q -l mutex --set-size 3 --locks 2 "${short[@]}"
	status 2 run -q -l mutex --threads-per-cpu 1000000000 "${short[@]}"
	status 2 run -q -l mutex --cpus 1000000000 "${short[@]}"
	status 2 run
	unload
	status 3 run -q -l mutex "${short[@]}"
	grep -q insmod "$SCRATCH/err" || fault "does not say what to type: $(cat "$SCRATCH/err")"
	load
}

plan 8
check "killed by SIGKILL: the run of every lock ends by itself and can be read" killed
check "the next tokctl works as ever" next_works
check "SIGINT: the run is stopped, what was measured is printed" interrupted INT
check "SIGTERM: the run is stopped, what was measured is printed" interrupted TERM
check "two at once: the first gets its runs, the second runs later or says why not" two_at_once
check "tokctl stop ends another's run, and says when there is none" stopped
check "exit statuses: 0 good, 1 failed, 2 usage, 3 no module" statuses
check "the next tokctl works as ever" next_works
