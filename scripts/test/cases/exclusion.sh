#!/bin/bash
#
# exclusion - what a lock protects is never corrupted, under every kind of load
# this module can make; the lock that protects nothing is caught; and every
# result agrees with itself.
#
# limit: 480

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

MS=40
THREADS='1 4'
BLOCKS='0 20000'
[ "$QUICK" = no ] || THREADS=4 MS=30
[ "$(nproc)" -gt 2 ] && CPUS=1-2 || CPUS=0-1

# one LOCK NAME=VALUE...: a run, which must be sound and echo its parameters. A
# window in which no thread got its set proves little, so there is a longer one: with
# PREEMPT_RT, threads with mutex-trylock chase each other for hundreds of ms.
one() {
	local pair name ms
	for ms in "$MS" $((MS * 10)) $((MS * 100)); do
		run_wait "$@" "duration_ms=$ms" || return
		sound
		[ "${R[totals.ops]:-0}" = 0 ] || break
		echo "# $*: no operation in $ms ms"
	done
	for pair in "$@" "duration_ms=$ms"; do
		name=${pair%%=*}
		equal "$*: params.$name" "${R[params.${name/\//.}]:-}" "${pair#*=}"
	done
	equal "$*: lost_updates" "${R[certificate.lost_updates]:-}" 0
	holds "${R[totals.ops]:-0} > 0" "$*: ops"
}

# load LOCK NAME=VALUE...: with 1 and 4 threads per CPU, with and without sleep.
load() {
	local m block knobs=()
	# A full backoff outlasts so short a run where each PAUSE is emulated.
	[ "$QUICK $1" != "yes token-backoff" ] || knobs=(token/backoff_max=128)
	control reset
	for m in $THREADS; do
		for block in $BLOCKS; do
			[ "$block" = 0 ] || has "$1" blocks || continue
			one "lock=$1" "${knobs[@]}" "cpus=$CPUS" warmup_ms=10 hold_ns=1000 think_ns=500 \
				"threads_per_cpu=$m" "block_ns=$block" "block_every=$((block ? 5 : 0))" "${@:2}"
		done
	done
}

broken() {
	local m
	for m in 1 4; do
		control reset
		run_wait lock=broken "cpus=$CPUS" "threads_per_cpu=$m" warmup_ms=20 duration_ms=400 hold_ns=2000 "$@"
		equal verdict "${R[verdict]}" FAILED
		holds "${R[certificate.violations]} + ${R[certificate.lost_updates]} > 0" "M=$m"
		[[ ${R[reason]} =~ exclusion\ violated|updates ]] || fault "reason '${R[reason]}'"
		equal state "$(cut -d' ' -f1,3 "$TB/state")" "failed broken"
		awk -f "$TOKBENCH_TEST/result.awk" "$TB"/results/{summary,threads,histogram} ||
			fault "the result contradicts itself"
	done
}

# WHAT|PARAMETERS; those marked - not where runs are slow.
LOADS=(
	'1 lock|locks=1 set_size=1'
	'-2 of 4 locks, opposite orders|locks=4 set_size=2 order=opposite'
	'-8 of 16 locks, random order|locks=16 set_size=8 order=random'
	'2 of 4 locks, random order|locks=4 set_size=2 order=random'
	'8 of 16 locks, opposite orders|locks=16 set_size=8 order=opposite'
	'partitions of 4 locks, with bystanders|locks=8 set_size=3 pick=partition bystanders=2'
	'short time slices|locks=2 set_size=2 order=opposite quantum_us=50'
	'measure=throughput, 33 of 40 locks|locks=40 set_size=33 order=opposite measure=throughput'
)

# loads LOCK: those of them that the lock can take, in CAN.
loads() {
	local line set
	CAN=()
	for line in "${LOADS[@]}"; do
		set=${line#*set_size=}
		[ "${set%% *}" -le "${MAX_SET[$1]}" ] || continue
		case $QUICK.$line in yes.-*) continue ;; esac
		CAN+=("${line#-}")
	done
}

locks_of_module
few_locks
PLAN=3
for lock in "${LOCKS[@]}"; do
	loads "$lock"
	PLAN=$((PLAN + ${#CAN[@]}))
done
plan "$PLAN"
for lock in "${LOCKS[@]}"; do
	loads "$lock"
	for line in "${CAN[@]}"; do
		read -ra params <<<"${line#*|}"
		check "$lock: ${line%%|*}" load "$lock" "${params[@]}"
	done
done
check "broken ends FAILED" broken
check "broken ends FAILED with measure=throughput" broken measure=throughput
check "and a run after it is sound" load mutex
