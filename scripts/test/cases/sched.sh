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

plan 6
check "by default all CPUs, but one when there are more than two" default_cpus
check "every thread runs on its CPU" on_their_cpus
check "sched=normal is normal" normal
check "sched=fifo: all threads of every lock, one CPU left free; and back" fifo
check "$((MANY * 4)) threads come and go" urgent many token-poll full
check "a small run after it" default_cpus
