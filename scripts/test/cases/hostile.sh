#!/bin/bash
#
# hostile - users at the worst moment: tokctl is stopped by a signal and goes on,
# many start, stop and reset at the same time, the memory is short.
#
# limit: 300

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

LOAD=(--hold 1us --think 1us --warmup 10ms --duration 200ms)

# paused DO: tokctl gets SIGSTOP in the middle of a run, DO happens, then it goes on.
# Its exit status in STATUS.
paused() {
	control reset
	tokctl run -q -n 1 -l mutex "${LOAD[@]}" -f json >"$SCRATCH/out" 2>"$SCRATCH/err" &
	wait_state 'warm|run' && kill -STOP "$!"
	wait_end
	state
	equal "the run meanwhile" "$STATE $RUN" "done 1"
	"$@"
	kill -CONT "$!"
	wait "$!"
	STATUS=$?
}

undisturbed() {
	paused true
	equal "exit status" "$STATUS" 0
	json_has "$SCRATCH/out" 'any(.runs[]; .verdict == "ok" or any(.reasons[]; test("were there for")))' ||
		fault "$(cat "$SCRATCH/out" "$SCRATCH/err")"
}

# Another process made a run: it has the result, and tokctl does not take it for its own.
overtaken() {
	paused one lock=token-poll hold_ns=1000 threads_per_cpu=1 warmup_ms=0 duration_ms=30
	equal "exit status" "$STATUS" 1
	grep -q 'another process' "$SCRATCH/err" || fault "tokctl says: $(cat "$SCRATCH/err")"
	[ ! -s "$SCRATCH/out" ] || json_has "$SCRATCH/out" 'all(.runs[]; .lock != "token-poll")' || fault "tokctl has the other's result"
}

# It cannot hold the module for itself while it sleeps.
second() {
	local status
	control reset
	tokctl run -q -n 1 -l mutex "${LOAD[@]}" -f json >"$SCRATCH/out" 2>"$SCRATCH/err" &
	wait_state 'warm|run' && kill -STOP "$!"
	wait_end
	timeout 20 tokctl run -q -n 1 -l lockmgr "${LOAD[@]}" -f json >"$SCRATCH/b" 2>"$SCRATCH/said"
	status=$?
	kill -CONT "$!"
	wait "$!"
	case $status in
	0) equal "lock of the second" "$(jq -r '.runs[].lock' "$SCRATCH/b")" lockmgr ;;
	1) [ -s "$SCRATCH/said" ] || fault "the second says nothing" ;;
	*) fault "exit status of the second: $status: $(cat "$SCRATCH/said")" ;;
	esac
}

# hammer N: control words, all the time, in a random order; what came of them.
hammer() {
	local words=(start stop reset check start stop) end=$((SECONDS + 5)) word
	while [ "$SECONDS" -lt "$end" ]; do
		word=${words[RANDOM % ${#words[@]}]}
		"$BIN/io" write "$TB/control" -t "$word" >>"$SCRATCH/hammer.$1"
		cat "$TB/results/summary" "$TB/dump" "$TB/state" >/dev/null
	done
}

hammered() {
	local i pids=() lock outcomes
	control reset
	for i in 1 2 3 4; do
		hammer "$i" &
		pids+=($!)
	done
	while kill -0 "${pids[0]}" 2>/dev/null; do
		for lock in token-handoff mutex ww-wound; do
			echo "$lock" >"$TB/config/lock"
			echo 1000 >"$TB/config/hold_ns"
			echo 20 >"$TB/config/duration_ms"
			nap 0.1
		done 2>/dev/null
	done
	wait "${pids[@]}"
	outcomes=$(cat "$SCRATCH"/hammer.* | sort | uniq -c)
	! grep -v -E '^(ok [0-9]+|EBUSY|ESRCH|EINVAL)$' "$SCRATCH"/hammer.* || fault "outcomes: $outcomes"
	for i in ok EBUSY ESRCH; do
		grep -q "$i" <<<"$outcomes" || fault "never $i: $outcomes"
	done
	echo stop 2>/dev/null >"$TB/control"
	wait_end
	tasks
	equal threads "${#TASKS[@]}" 1
	one lock=token-handoff hold_ns=1000 warmup_ms=0 duration_ms=20
}

available_kb() { sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo; }

ooms() { dmesg | grep -c -i 'out of memory\|oom-kill'; }

# A run of 262 MB.
BIG=(lock=mutex hold_ns=1000 locks=100000 touch_lines=41 warmup_ms=0 duration_ms=20)

# fill LEFT: all memory but so many kB is in use.
fill() {
	local kb
	kb=$(($(available_kb) - $1))
	mount -t tmpfs -o size=95% tokbench-fill "$SCRATCH/fill" && head -c "$((kb * 1024))" /dev/zero >"$SCRATCH/fill/full"
}

# least_free FILE: the least memory that was free, in kB, until it is told to end.
least_free() {
	local key value least=999999999
	trap 'echo "$least" >"$1"; exit' TERM
	while :; do
		while read -r key value _; do
			[ "$key" != MemFree: ] || break
		done </proc/meminfo
		[ "$value" -ge "$least" ] || least=$value
	done
}

# No process dies for a run that cannot have its memory, and small ones work. It is
# refused before it has taken what others may need at that moment.
short_of_memory() {
	local before free least
	mkdir "$SCRATCH/fill"
	fill 100000 || return
	before=$(ooms)
	control reset
	cfg "${BIG[@]}"
	free=$(sed -n 's/^MemFree: *\([0-9]*\) kB/\1/p' /proc/meminfo)
	least_free "$SCRATCH/least" &
	nap 0.2
	try control start
	kill "$!" && wait "$!"
	least=$(cat "$SCRATCH/least")
	holds "$least > $free - 40000" "kB that were free meanwhile"
	equal "a run of 262 MB with $(available_kb) kB" "$REPLY" ENOMEM
	get error
	[[ $REPLY = 'start: not enough memory; less of threads_per_cpu, cpus, locks, set_size' ]] || fault "error: $REPLY"
	one lock=mutex hold_ns=1000 warmup_ms=0 duration_ms=20
	one lock=token-handoff hold_ns=1000 threads_per_cpu=8 warmup_ms=0 duration_ms=20
	equal "processes killed for want of memory" "$(ooms)" "$before"
	umount "$SCRATCH/fill"
	[ "$(available_kb)" -lt 400000 ] || one "${BIG[@]}"
}

# Linux has a limit of threads. A run that needs more leaves none behind.
short_of_threads() {
	local max=/proc/sys/kernel/threads-max before threads lock
	control reset
	tasks
	threads=${#TASKS[@]}
	read -r before <"$max"
	for lock in mutex token-handoff; do
		echo 200 >"$max" || fault "threads-max cannot be set"
		cfg "lock=$lock" hold_ns=1000 threads_per_cpu=1024 warmup_ms=0 duration_ms=20
		try control start
		equal "a run of 1024 threads on each CPU where Linux has 200" "$REPLY" EAGAIN
		get error
		equal error "$REPLY" 'start: Linux makes no more threads; fewer threads_per_cpu or bystanders'
		tasks
		# Not equal: a thread of the run before may have been on its way out.
		holds "${#TASKS[@]} <= $threads" "threads after a refused run"
		echo "$before" >"$max"
		one "lock=$lock" hold_ns=1000 threads_per_cpu=1024 warmup_ms=0 duration_ms=20
	done
}

plan 7
check "hostile: SIGSTOP in a run, then SIGCONT: the result is that of the run" undisturbed
check "hostile: SIGSTOP, and another makes a run" overtaken
check "hostile: SIGSTOP, and another tokctl" second
check "hostile: four that start, stop and reset for 5 s, one that configures" hammered
check "hostile: a run of more memory than there is" short_of_memory
check "hostile: a run of more threads than Linux has" short_of_threads
check "hostile: afterwards a run works" one lock=token-poll hold_ns=1000 warmup_ms=0 duration_ms=20
