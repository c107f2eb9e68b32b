#!/bin/bash
#
# shared - readers: as many operations are shared as were asked for, readers are
# inside together, writers alone, and a lock without readers refuses them.
#
# limit: 300

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

MS=100
[ "$QUICK" = no ] || MS=60
BASE=(cpus=0-1 warmup_ms=10 "duration_ms=$MS" think_ns=500)

# The operations of a thread in the window follow each other, so at the edges of
# the window one or the other may be too many, not more.
percentage() {
	local lock=$1 pct=$2
	one "lock=$lock" "${BASE[@]}" hold_ns=1000 threads_per_cpu=2 "shared_pct=$pct" "${@:3}"
	equal lost_updates "${R[certificate.lost_updates]}" 0
	equal violations "${R[totals.violations]}" 0
	case $pct in
	0) equal shared_ops "${R[totals.shared_ops]:-none}" none ;;
	*) binomial "$lock: shared_ops" "${R[totals.shared_ops]}" "${R[totals.ops]}" "$pct" 8 ;;
	esac
}

percentages() {
	local pct size=$((MAX_SET[$1] < 2 ? MAX_SET[$1] : 2))
	for pct in 0 30 100; do
		percentage "$1" "$pct"
	done
	percentage "$1" 50 locks=8 "set_size=$size" order=random
	percentage "$1" 50 locks=8 "set_size=$size" order=opposite measure=throughput
}

# hold_sum LOCK SHARED_PCT: two threads that are inside nearly all the time, each on
# its CPU; the time they held the lock in HELD_MS, less that of the operation
# that began before the window.
hold_sum() {
	one "lock=$1" "${BASE[@]}" think_ns=0 hold_ns=1000000 "shared_pct=$2"
	HELD_MS=$(((${R[totals.held_ns]} - ${R[latency.hold_ns.max]}) / 1000000))
	WINDOW_MS=$((${R[totals.window_ns]} / 1000000))
}

# One after the other they cannot have held it for longer than the window lasts;
# together they do.
together() {
	hold_sum "$1" 0
	holds "HELD_MS <= WINDOW_MS + 1" "$1: writers, ms"
	tries read_together "$1"
}

read_together() {
	hold_sum "$1" 100
	echo "readers: $HELD_MS of $WINDOW_MS ms"
	((HELD_MS * 10 > WINDOW_MS * 13))
}

# In each thread of a group that only reads all are shared, in others none.
by_group() {
	one "lock=$1" "${BASE[@]}" hold_ns=1000 threads_per_cpu=2 shared_pct=40 \
		groups=shared_pct=100/shared_pct=0/threads=2
	equal "readers: shared" "$(rows group ops shared_ops | awk '$1 == 1 && $2 != $3')" ''
	equal "writers: shared" "$(rows group ops shared_ops | awk '$1 == 2 && $3')" ''
	equal "shared_pct of the third" "${R[groups.3.shared_pct]}" 40
	read -r ops shared < <(rows group ops shared_ops | awk '$1 == 3 { n += $2; s += $3 } END { print n + 0, s + 0 }')
	binomial "shared_ops of the third" "$shared" "$ops" 40 8
}

refusals() {
	local lock
	locks_with '!shared'
	holds "${#WITH[@]} > 5"
	for lock in "${WITH[@]}"; do
		no_start "shared_pct: 1; $lock has no shared mode" "lock=$lock" shared_pct=1
		no_start "groups: shared_pct: 7 in group 2; $lock has no shared mode" "lock=$lock" \
			groups=hold_ns=1/shared_pct=7
	done
}

locks_of_module
locks_with shared
READERS=("${WITH[@]}")
plan $((${#READERS[@]} * 3 + 1))
for lock in "${READERS[@]}"; do
	check "$lock: as many shared operations as asked for" percentages "$lock"
	check "$lock: readers are inside together, writers are not" together "$lock"
	check "$lock: shared_pct of groups" by_group "$lock"
done
check "a lock that is always exclusive refuses shared_pct" refusals
