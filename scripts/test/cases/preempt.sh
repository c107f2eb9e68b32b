#!/bin/bash
#
# preempt - polling never locks out the rest of Linux: an unrelated task on the
# same CPU gets on, the machine answers, and no watchdog reports, on whatever
# preemption model this kernel was booted with.
#
# limit: 180

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

SECONDS_OF_RUN=14
[ "$QUICK" = no ] || SECONDS_OF_RUN=12

model() {
	control reset
	run_wait lock=mutex hold_ns=1000 warmup_ms=0 duration_ms=20
	local word
	word=$(sed -n 's/.*(\(.*\)).*/\1/p' /sys/kernel/debug/sched/preempt)
	equal "preemption model" "${R[certificate.preempt]}" "$word"
	for want in none voluntary full lazy; do
		! grep -qw "preempt=$want" /proc/cmdline || equal "as booted" "$word" "$want"
	done
}

# polling LOCK NAME=VALUE...: a saturated run on CPUs 1 and 2, until stopped.
polling() {
	control reset
	cfg "lock=$1" cpus=1-2 threads_per_cpu=4 hold_ns=20000 think_ns=0 warmup_ms=0 duration_ms=60000 "${@:2}"
	start && wait_state run
}

# gets_on LOCK NAME=VALUE...: a task on CPU 1 does at least a twentieth of what it does alone;
# half would be its share.
gets_on() {
	local alone beside gap
	read -r alone gap < <("$BIN/spin" 1 1000)
	polling "$@"
	read -r beside gap < <("$BIN/spin" 1 2000)
	on || fault "the run was over before the task had its 2 s"
	stop_any
	holds "$alone > 0"
	holds "$beside * 10 >= $alone" "chunks of work in 2 s beside $1, and in 1 s alone"
	holds "$gap < 10000" "longest gap in ms"
	load_result
	equal violations "${R[certificate.violations]}" 0
}

# Twenty processes come and go on each CPU of the run.
answers() {
	local i
	polling "$1"
	for ((i = 0; i < 20; i++)); do
		taskset -c $((i % 2 + 1)) /bin/true || fault "no process"
	done
	on || fault "the run was over before 20 processes had come and gone"
	stop_any
}

# The watchdogs of this kernel, made impatient, for a run on all CPUs. The lab
# fails the boot if one of them says anything.
watchdogs() {
	echo 5 >/proc/sys/kernel/watchdog_thresh
	equal watchdog_thresh "$(cat /proc/sys/kernel/watchdog_thresh)" 5
	[ ! -e /proc/sys/kernel/hung_task_timeout_secs ] || echo 8 >/proc/sys/kernel/hung_task_timeout_secs
	control reset
	run_wait lock=token-poll "cpus=0-$(($(nproc) - 1))" threads_per_cpu=8 hold_ns=50000 think_ns=0 \
		warmup_ms=0 "duration_ms=${SECONDS_OF_RUN}000" || return
	equal violations "${R[certificate.violations]}" 0
	! dmesg | grep -E 'soft lockup|detected stalls|self-detected|blocked for more' || fault "a watchdog barked"
}

[ "$(nproc)" -ge 4 ] || skip_all "preemption" "needs 4 CPUs"
plan 10
if [ -e /sys/kernel/debug/sched/preempt ]; then
	check "the certificate names the kernel's preemption model" model
else
	skip "the certificate names the kernel's preemption model" "this kernel does not say"
fi
check "beside token-poll another task makes progress" gets_on token-poll
check "beside token-ipi another task makes progress" gets_on token-ipi
check "beside the rounds of token-ticket another task makes progress" gets_on token-ticket token/ticket_rounds=10000
check "beside lockmgr another task makes progress" gets_on lockmgr
check "beside mutex another task makes progress" gets_on mutex
check "beside none another task makes progress" gets_on none
check "processes start on CPUs that poll" answers token-poll
check "all CPUs poll for $SECONDS_OF_RUN s: no watchdog reports" watchdogs
check "and a run works as ever" run_wait lock=mutex hold_ns=1000 warmup_ms=0 duration_ms=20
