#!/bin/bash
#
# safety - a run takes no machine down: locks that poll, on all CPUs for longer
# than the watchdogs have patience, also at real-time priority, with and without
# Linux's throttling of it. An unrelated task on the same CPU makes progress, and the
# last CPU is never taken.
#
# limit: 300

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"
# shellcheck source=../watchdogs.sh
. "$TOKBENCH_TEST/watchdogs.sh"

LAST=$(($(nproc) - 1))
MS=6500 # of a run: longer than any watchdog waits
THROTTLE=/proc/sys/kernel/sched_rt_runtime_us

# Polling, as far as it goes: name, then settings of the run.
POLLING=(
	"token-poll"
	"token-ticket token/ticket_rounds=10000"
	"token-sorted token/spin=100000"
	"token-backoff"
	"token-handoff token/spin=100000"
	"tas"
	"ticket"
	"spinlock"
)
FIFO=(token-poll token-sorted tas mutex)
if [ "$QUICK" = yes ]; then
	POLLING=("token-poll" "token-ticket token/ticket_rounds=10000" "token-sorted token/spin=100000" "tas")
	FIFO=(token-poll tas)
fi

# set_to VALUE FILE: where there is such a file.
set_to() { [ ! -w "$2" ] || echo "$1" >"$2" || fault "$2 does not take $1"; }

# They have been seen to report in these kernels (seeded.sh). uml has RCU's only.
watchdogs() {
	local name
	impatient || fault "a watchdog's time cannot be set"
	for name in lockup stall hung; do
		[[ " ${WATCHDOGS[*]} " == *" $name "* ]] || fault "this kernel has no watchdog: $name"
	done
}

# quiet_since MARK: no watchdog has reported.
quiet_since() {
	dmesg | sed -n "/$1/,\$p" | grep -E 'lockup|stall|blocked for more|starved|rcu:' && fault "a watchdog barked"
}

# busy_machine: what else goes on: processes come and go on every CPU that is
# free for them, and with them RCU's grace periods, until the run is over.
busy_machine() {
	CAME=0
	while on; do
		taskset -c "$1" /bin/true || fault "no process on CPU $1"
		CAME=$((CAME + 1))
		nap 0.1
	done
}

# polls LOCK NAME=VALUE...: on all CPUs, beside it a task on the last of them.
polls() {
	local mark="safety-$RANDOM" alone beside
	read -r alone _ < <("$BIN/spin" "$LAST" 500)
	echo "$mark" >/dev/kmsg
	control reset
	cfg "lock=$1" "cpus=0-$LAST" threads_per_cpu=4 hold_ns=50000 think_ns=0 warmup_ms=0 "duration_ms=$MS" "${@:2}"
	start && wait_state run || return
	"$BIN/spin" "$LAST" $((MS - 2000)) >"$SCRATCH/beside" &
	busy_machine "0-$LAST"
	wait "$!" || fault "no task beside $1"
	read -r beside _ <"$SCRATCH/beside"
	load_result
	equal violations "${R[certificate.violations]}" 0
	equal lost_updates "${R[certificate.lost_updates]}" 0
	# Half of a time nine times as long is its share; an emulator gives it less.
	holds "$beside * 10 >= $alone" "chunks of work beside $1 in $((MS - 2000)) ms, alone in 500"
	holds "$CAME > 0" "processes came and went"
	quiet_since "$mark"
	echo "# $1: $beside chunks of work beside it, $alone alone in a ninth of the time; $CAME processes;" \
		"resched_delay_ns ${R[totals.resched_delay_ns]}${EMULATED:-}" >&3
}

# fifo LOCK THROTTLE: real-time threads on all CPUs but the first.
fifo() {
	local mark="safety-$RANDOM"
	set_to "$2" "$THROTTLE"
	echo "$mark" >/dev/kmsg
	control reset
	cfg "lock=$1" sched=fifo "cpus=1-$LAST" hold_ns=50000 think_ns=0 warmup_ms=0 "duration_ms=$MS"
	start && wait_state run || return
	busy_machine 0
	load_result
	equal violations "${R[certificate.violations]}" 0
	equal sched "${R[params.sched]}" fifo
	holds "$CAME > 0" "processes came and went on CPU 0"
	quiet_since "$mark"
	echo "# $1: $CAME processes; resched_delay_ns ${R[totals.resched_delay_ns]}${EMULATED:-}" >&3
}

throttled() {
	local before
	before=$(<"$THROTTLE")
	fifo "$@"
	set_to "$before" "$THROTTLE"
}

all_cpus() {
	no_start "sched: fifo must leave one CPU free, and cpus takes $((LAST + 1)) of $((LAST + 1))" \
		lock=none sched=fifo "cpus=0-$LAST"
}

cpu() { echo "$2" >"/sys/devices/system/cpu/cpu$1/online" || fault "cpu$1 online=$2 failed"; }

# The CPU that was left free goes offline.
last_free_goes() {
	control reset
	cfg lock=token-poll sched=fifo "cpus=0-$((LAST - 1))" hold_ns=50000 think_ns=0 warmup_ms=0 duration_ms=20000
	start && wait_state run || return
	cpu "$LAST" 0
	wait_end 10
	cpu "$LAST" 1
	load_result
	equal verdict "${R[verdict]}" INVALID
	[[ ${R[reason]} == *fifo* ]] || fault "reason '${R[reason]}'"
	equal violations "${R[certificate.violations]}" 0
	run_wait "cpus=0-$((LAST - 1))" duration_ms=20
	sound
}

# One of two that were left free: none of the run's concern.
one_free_goes() {
	control reset
	cfg lock=token-poll sched=fifo "cpus=0-$((LAST - 2))" hold_ns=50000 think_ns=0 warmup_ms=0 duration_ms=1500
	start && wait_state run || return
	cpu "$LAST" 0
	wait_end && load_result
	cpu "$LAST" 1
	equal cpu_lost "${R[certificate.cpu_lost]}" 0
	equal violations "${R[certificate.violations]}" 0
}

exec 3>&1
[ "${TOKBENCH_LAB:-}" != tcg ] || EMULATED=' (emulated: no time)'
plan $((${#POLLING[@]} + 2 * ${#FIFO[@]} + 4))
check "the watchdogs are there, and wait for 4 s or 5" watchdogs
for entry in "${POLLING[@]}"; do
	read -ra words <<<"$entry"
	check "$entry on all CPUs: others make progress, no watchdog reports" polls "${words[@]}"
done
for lock in "${FIFO[@]}"; do
	for runtime in 950000 -1; do
		if [ -w "$THROTTLE" ] && [ "$LAST" -gt 0 ]; then
			check "$lock, sched=fifo, sched_rt_runtime_us=$runtime: no watchdog reports" throttled "$lock" "$runtime"
		else
			skip "$lock, sched=fifo, sched_rt_runtime_us=$runtime" "no $THROTTLE"
		fi
	done
done
check "sched=fifo on every CPU is refused" all_cpus
if hotplug_reason || [ "$LAST" -lt 3 ]; then
	skip "sched=fifo: the CPU left free goes offline" "no CPU can go offline"
	skip "sched=fifo: one of two CPUs left free goes offline" "no CPU can go offline"
else
	check "sched=fifo: the CPU left free goes offline, and the run ends" last_free_goes
	check "sched=fifo: one of two CPUs left free goes offline" one_free_goes
fi
