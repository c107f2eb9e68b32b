#!/bin/bash
#
# start - control: unknown words, and combinations of parameters that no run
# can have, refused with a reason that names them; nothing has started then.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

CPUS=$(nproc --all)

# no_start PATTERN NAME=VALUE...
no_start() {
	local pattern=$1
	shift
	control reset
	cfg hold_ns=1000 duration_ms=10 warmup_ms=0
	cfg "$@"
	expect_refused control start EINVAL "^start: $pattern"
	state
	equal state "$STATE $RUN" "idle 0"
	tasks
	equal "threads" "${#TASKS[@]}" 1
}

words() {
	local word
	for word in nosuch START 'start stop' startle star; do
		expect_refused control "$word" EINVAL "^control: \"$word\" .*start, stop, reset, bench"
	done
	expect_refused control '' EINVAL '^control: "" .*start, stop, reset, bench'
	printf 'start\0' >"$SCRATCH/bytes"
	equal "start with NUL" "$("$BIN/io" write "$TB/control" <"$SCRATCH/bytes")" EINVAL
	state
	equal state "$STATE $RUN" "idle 0"
}

every_lock_refuses() {
	local lock
	locks_of_module
	for lock in "${LOCKS[@]}"; do
		no_start 'hold_ns, think_ns: ' "lock=$lock" hold_ns=0
	done
}

too_many_threads() {
	no_start 'threads_per_cpu.*1024.*4096' threads_per_cpu=1024 bystanders=1024 "cpus=0-2"
}

# After all these refusals a run works.
still_works() {
	control reset
	run_wait lock=mutex hold_ns=1000 warmup_ms=0 duration_ms=20
	sound
	equal state "$(cut -d' ' -f1,2 "$TB/state")" "done 1"
}

plan 11
check "control: unknown and empty words" words
check "hold and think both 0, with every lock" every_lock_refuses
check "set_size above locks" no_start '.*set_size.*5.*locks.*4' locks=4 set_size=5
check "a partition smaller than set_size" no_start '.*set_size.*3.*2 locks' locks=4 set_size=3 pick=partition cpus=0-1
check "block_ns without block_every" no_start 'block_ns, block_every: 1000 and 0' block_ns=1000
check "block_every without block_ns" no_start 'block_ns, block_every: 0 and 3' block_every=3
check "fifo threads of Linux that would have to take turns" no_start 'sched: fifo.*mutex can have 1 per CPU' \
	lock=mutex sched=fifo cpus=0 threads_per_cpu=2
check "fifo on all CPUs" no_start 'sched: fifo.*leave one' sched=fifo "cpus=0-$((CPUS - 1))"
if [ "$CPUS" -ge 3 ]; then
	check "more than 4096 threads" too_many_threads
else
	skip "more than 4096 threads" "needs 3 CPUs"
fi
if ! hotplug_reason; then
	offline() {
		echo 0 >/sys/devices/system/cpu/cpu2/online
		no_start 'cpus: "1-2".*online: 0-1,3' cpus=1-2
		echo 1 >/sys/devices/system/cpu/cpu2/online
	}
	check "a CPU that is not online" offline
else
	skip "a CPU that is not online" "$REPLY"
fi
check "and a run works as ever" still_works
