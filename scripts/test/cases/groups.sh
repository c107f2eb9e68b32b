#!/bin/bash
#
# groups - threads that differ: which is in which group, what each is asked to do,
# and what the result says of it. What a FIFO lock gives each: turns.sh.
#
# limit: 300

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

BASE=(cpus=0-1 warmup_ms=10 duration_ms=40 hold_ns=1000 think_ns=500)

# The sums and shares are checked by result.awk after every run.
every_lock() {
	local lock
	for lock in "${LOCKS[@]}"; do
		one "lock=$lock" "${BASE[@]}" threads_per_cpu=2 groups=hold_ns=2000:think_ns=0/hold_ns=300:threads=2/threads=1
		equal "$lock: threads" "${R[groups.1.threads]} ${R[groups.2.threads]} ${R[groups.3.threads]}" "1 2 1"
	done
}

# Thread i is in the group into which i modulo the sum of threads falls.
members() {
	local wanted
	one lock=none "${BASE[@]}" threads_per_cpu=7 groups=threads=3/hold_ns=5/threads=2:think_ns=7
	wanted=$(awk 'BEGIN { split("1 1 1 2 3 3", g, " "); for (i = 0; i < 14; i++) print i, g[i % 6 + 1] }')
	equal "threads and their groups" "$(rows thread group)" "$wanted"
	equal "threads" "${R[groups.1.threads]} ${R[groups.2.threads]} ${R[groups.3.threads]}" "8 2 4"
	one lock=none "${BASE[@]}" threads_per_cpu=2
	equal "group without groups" "$(rows group | sort -u)" 0
}

# setting WHAT WANTED...: of groups 1, 2, ...
setting() {
	local what=$1 i=1 wanted
	shift
	for wanted; do
		equal "groups.$i.$what" "${R[groups.$i.$what]:-}" "$wanted"
		i=$((i + 1))
	done
}

# What a group does not say, the parameters do; also if the group says 0.
settings() {
	one lock=rwsem "${BASE[@]}" threads_per_cpu=2 shared_pct=20 \
		groups=hold_ns=0:nice=-3/think_ns=0/shared_pct=0:nice=19/threads=1:hold_ns=42
	setting hold_ns 0 1000 1000 42
	setting think_ns 500 0 500 500
	setting shared_pct 20 20 0 20
	setting nice -3 0 19 0
	equal params.groups "${R[params.groups]}" hold_ns=0:nice=-3/think_ns=0/shared_pct=0:nice=19/threads=1:hold_ns=42
	# As many groups as threads, and hold and think only where they are.
	one lock=mutex cpus=0-1 warmup_ms=10 duration_ms=30 groups=hold_ns=1000/think_ns=1000
	setting hold_ns 1000 0
	setting think_ns 0 1000
}

drawn() {
	one lock=mutex "${BASE[@]}" threads_per_cpu=2 hold_dist=exp groups=hold_ns=9000/hold_ns=1000
	holds "${R[groups.1.nominal_held_ns]} != ${R[groups.1.ops]} * 9000" "each operation the same"
	holds "${R[groups.1.nominal_held_ns]} * ${R[groups.2.ops]} > 2 * ${R[groups.2.nominal_held_ns]} * ${R[groups.1.ops]}" \
		"the mean of group 1 is that of group 2, or near"
}

throughput() {
	one lock=mutex "${BASE[@]}" groups=hold_ns=9000/hold_ns=1000 measure=throughput
	equal "held_ns" "${R[groups.1.held_ns]:-none}" none
}

# nices: of the run's threads, sorted by their number.
nices() {
	local pid stat
	tasks
	for pid in "${PIDS[@]}"; do
		read -r stat <"/proc/$pid/stat" || continue
		[[ $stat =~ \(tokbench/([0-9]+)\) ]] || continue
		# After the name: field 19 of all is 17 of these.
		echo "$stat" | sed 's/.*) //' | awk -v i="${BASH_REMATCH[1]}" '{ print i, $17 }'
	done | sort -n | cut -d' ' -f2 | paste -sd' '
}

nice_of_linux() {
	control reset
	cfg lock=mutex "${BASE[@]}" threads_per_cpu=2 duration_ms=60000 groups=nice=-20/nice=19:threads=2/threads=1
	start && wait_state run
	equal "nice of the threads" "$(nices)" "-20 19 19 0"
	stop_any
}

# On the LWKT scheduler the threads of higher priority run first; asleep they
# leave the CPU to the others.
nice_of_lwkt() {
	local lock
	locks_with lwkt
	for lock in "${WITH[@]}"; do
		one "lock=$lock" "${BASE[@]}" threads_per_cpu=2 block_ns=100000 block_every=1 duration_ms=60 groups=nice=-5/nice=5
		setting nice -5 5
		holds "${R[groups.1.ops]} > 0" "$lock: ops of the first"
		holds "${R[groups.2.ops]} > 0" "$lock: ops of the second"
	done
}

refusals() {
	no_start 'groups: hold_ns, think_ns: both 0 in group 2; set one of them' hold_ns=0 groups=hold_ns=1/hold_ns=0
	no_start 'groups: hold_ns, think_ns: both 0 in group 1; set one of them' hold_ns=0 think_ns=0 groups=nice=1/hold_ns=1
	no_start 'groups: for 5 threads; there are 4 on 2 CPUs' cpus=0-1 threads_per_cpu=2 groups=threads=4/threads=1
	no_start 'groups: nice: -1 in group 2; .*sched=fifo' cpus=0 sched=fifo lock=token-poll threads_per_cpu=2 groups=threads=1/nice=-1
	no_start 'groups: hold_ns: 600000000 in group 2; spinlock can have at most 500000000' cpus=0-1 lock=spinlock \
		groups=hold_ns=1/hold_ns=600000000
}

locks_of_module
plan 9
check "three groups with every lock" every_lock
check "which thread is in which group" members
check "a group has its own settings, and the run's where it has none" settings
check "hold_dist is for all groups, the mean is the group's" drawn
check "measure=throughput: nothing measured" throughput
check "nice is that of the threads" nice_of_linux
check "nice on the LWKT scheduler" nice_of_lwkt
check "groups that no run can have" refusals
check "and a run without groups is as ever" one lock=mutex "${BASE[@]}"
