#!/bin/bash
#
# sched - the threads of a run: on their CPUs, in the scheduling class asked
# for, as many as allowed, and gone afterwards.
#
# limit: 180

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

CPUS=$(nproc --all)
MANY=1024
[ "$QUICK" = no ] || MANY=256
# Threads of class fifo leave CPU 0 alone.
taskset -pc 0 $$ >/dev/null

# policies: of the run's threads, sorted, in POLICIES: 0 normal, 1 fifo.
policies() {
	local pid stat
	tasks
	POLICIES=$(for pid in "${PIDS[@]}"; do
		read -r stat <"/proc/$pid/stat" || continue
		# After the name: field 41 of all is 39 of these.
		# The engine's own and the probes are normal whatever the run.
		case $stat in *'(tokbench)'* | *'(tokbench/p'*) continue ;; esac
		read -ra stat <<<"${stat##*) }"
		echo "${stat[38]}"
	done | sort -u | paste -sd' ')
}

# Threads of class fifo on Linux's scheduler take no turns, so there is one per
# CPU; the idle threads of LWKT, which poll, stay normal.
fifo() {
	local lock flags threads want
	locks_of_module
	for lock in "${LOCKS[@]}"; do
		flags=$(awk -F '\t' -v lock="$lock" '$1 == lock { print $2 }' "$TB/variants")
		threads=(threads_per_cpu=1 bystanders=0) want=1
		case ,$flags, in *,lwkt,*) threads=(threads_per_cpu=2 bystanders=1) want='0 1' ;; esac
		control reset
		cfg "lock=$lock" hold_ns=1000 think_ns=1000 warmup_ms=10 duration_ms=60000 sched=fifo "${threads[@]}"
		start && wait_state run
		policies
		equal "$lock: policies of the threads" "$POLICIES" "$want"
		stop_any
		run_wait duration_ms=50
		sound
		[[ ,${R[params.cpus]}, != *,0-* ]] || fault "cpus ${R[params.cpus]} leave none free"
		equal "$lock: sched" "${R[params.sched]}" fifo
		run_wait sched=normal duration_ms=20
		sound
	done
}

# The threads rest, whatever the run waits for: here for threads that have not
# entered their loops, since the time slice of the first of a CPU is longer.
# A rest shows as threads of class normal.
rests() {
	local pid stat normal=0
	control reset
	cfg lock=token-poll hold_ns=1000 think_ns=1000 warmup_ms=0 duration_ms=10 sched=fifo threads_per_cpu=2 \
		cpus=1 quantum_us=10000000
	start && wait_state warm || return
	tasks
	for pid in "${PIDS[@]}"; do
		read -r stat <"/proc/$pid/stat" || continue
		case $stat in *'(tokbench/'[0-9]*) break ;; esac
	done
	while [ "$STATE" = warm ]; do
		read -r stat <"/proc/$pid/stat" || break
		read -ra stat <<<"${stat##*) }"
		[ "${stat[38]}" != 0 ] || normal=$((normal + 1))
		state
	done
	stop_any
	holds "$normal > 0" "looks at a thread in the warm phase that found it resting"
}

normal() {
	control reset
	cfg lock=token-poll hold_ns=1000 warmup_ms=10 duration_ms=60000
	start && wait_state run
	policies
	equal "policies of the threads" "$POLICIES" 0
	stop_any
}

default_cpus() {
	control reset
	run_wait lock=none hold_ns=1000 warmup_ms=0 duration_ms=10
	if [ "$CPUS" -gt 2 ]; then
		equal cpus "${R[params.cpus]}" "1-$((CPUS - 1))"
	else
		equal cpus "${R[params.cpus]}" "0-$((CPUS - 1))"
	fi
}

on_their_cpus() {
	local lock
	locks_of_module
	for lock in "${LOCKS[@]}"; do
		control reset
		run_wait "lock=$lock" cpus=1 threads_per_cpu=3 bystanders=2 hold_ns=1000 warmup_ms=10 duration_ms=50
		sound
		equal "$lock: rows" "$(tail -n +2 "$TB/results/threads" | wc -l)" 5
		equal "$lock: CPUs" "$(tail -n +2 "$TB/results/threads" | cut -f2 | sort -u)" 1
		equal "$lock: left_cpu" "${R[certificate.left_cpu]}" 0
	done
}

available_kb() { REPLY=$(sed -n 's/^MemAvailable: *\([0-9]*\).*/\1/p' /proc/meminfo); }

# policy PID: its scheduling class and real-time priority in POLICY.
policy() {
	local stat
	read -r stat <"/proc/$1/stat" && read -ra stat <<<"${stat##*) }" && POLICY="${stat[38]} ${stat[37]}"
}

# A real-time task of lower priority keeps the CPU of the run busy, and Linux
# does not throttle it. The run ends all the same, and before that task does.
beside_lower() {
	local throttle=/proc/sys/kernel/sched_rt_runtime_us POLICY last=$(($(nproc) - 1)) before spinner
	before=$(<"$throttle")
	echo -1 >"$throttle"
	"$BIN/spin" "$last" 30000 fifo 10 >/dev/null &
	spinner=$!
	control reset
	until policy "$spinner" && [ "$POLICY" = '1 10' ]; do
		kill -0 "$spinner" 2>/dev/null || break
		nap 0.02
	done
	nap 0.2
	cfg lock=none sched=fifo "cpus=$last" hold_ns=1000 warmup_ms=0 duration_ms=100
	start && wait_end 10
	kill "$spinner" 2>/dev/null || fault "the real-time task ended before the run"
	wait "$spinner"
	echo "$before" >"$throttle"
	wait_end 60 && load_result
	holds "${R[totals.ops]} > 0" "operations"
	[ -n "${R[certificate.none_ns]:-}" ] || fault "no operation of none was measured"
}

# many LOCK MEASURE: as many threads as allowed on two CPUs come, and go when
# told to.
many() {
	local before each
	control reset
	available_kb && before=$REPLY
	cfg "lock=$1" "measure=$2" cpus=0-1 "threads_per_cpu=$MANY" "bystanders=$MANY" hold_ns=1000 warmup_ms=0 duration_ms=60000
	start || return
	available_kb
	each=$(((before - REPLY) / MANY / 4))
	tasks
	holds "${#TASKS[@]} >= $MANY * 4" "threads"
	control stop
	wait_end 60 && load_result
	equal threads "${R[totals.threads]}" $((MANY * 2))
	equal lost_updates "${R[certificate.lost_updates]}" 0
	equal violations "${R[certificate.violations]}" 0
	tasks
	equal "threads left" "${TASKS[*]}" tokbench
	# 16 KiB, and a stack of 16; half as much again for slack.
	holds "$each <= 48" "KiB per thread"
}

plan 8
check "by default all CPUs, but one when there are more than two" default_cpus
check "every thread runs on its CPU" on_their_cpus
check "sched=normal is normal" normal
check "sched=fifo: threads rest while others have yet to enter" rests
check "sched=fifo: all threads of every lock, one CPU left free; and back" fifo
# Before 6.12 an ordinary task on that CPU waits for the real-time task: the probe
# of the run does, and so may the test.
WHAT="sched=fifo: a real-time task of lower priority does not hold the run up"
if [ "$TOKBENCH_LAB" = uml ]; then
	check "$WHAT" beside_lower
else
	skip "$WHAT" "ordinary tasks, this test among them, wait for that task here"
fi
check "$((MANY * 4)) threads come and go" urgent many token-poll full
check "a small run after it" default_cpus
