#!/bin/bash
#
# turns - locks in whose queue all wait in turn: how they share operations and time
# among threads that hold them for different times.
#
# On a simulated machine: on a real one a thread whose CPU does something else for a
# moment misses turns, and the host of a virtual one decides when that is.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

# millionths FRACTION: as an integer, in REPLY.
millionths() {
	local digits=${1#*.}000000
	REPLY=$((10#${1%%.*} * 1000000 + 10#${digits:0:6}))
}

# fifo LOCK THREADS_PER_CPU RATIO WANTED: two groups, without a pause, one of
# which holds RATIO times as long. In turn they make as many operations each, and
# then the index of hold times is (r + 1)^2 / 2 (r^2 + 1), WANTED millionths.
fifo() {
	local lock=$1 ratio=$3 wanted=$4 ops hold short=30000
	control reset
	cfg "lock=$lock" cpus=0-1 warmup_ms=20 duration_ms=300 "threads_per_cpu=$2" \
		"groups=hold_ns=$((short * ratio)):think_ns=0/hold_ns=$short:think_ns=0"
	start && wait_end && load_result
	sound
	millionths "${R[totals.jain_ops]}" && ops=$REPLY
	millionths "${R[totals.jain_hold_nominal]}" && hold=$REPLY
	holds "$ops >= 950000" "jain_ops ${R[totals.jain_ops]}"
	holds "$hold >= $wanted - 30000 && $hold <= $wanted + 30000" "jain_hold_nominal ${R[totals.jain_hold_nominal]}"
}

fifos() {
	fifo "$1" "$2" 10 599010
	fifo "$1" "$2" 3 800000
}

plan 3
check "ticket: as many operations, not as much time" fifos ticket 1
check "semaphore: as many operations, not as much time" fifos semaphore 4
check "lockmgr: as many operations, not as much time" fifos lockmgr 4
