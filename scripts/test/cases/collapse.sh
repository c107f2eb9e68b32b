#!/bin/bash
#
# collapse - our own spinlocks, ticket and tas: they exclude at the ends of what
# the parameters allow, ticket is even, tas lets go of the CPU, and tokctl says
# where the model has them collapse. What all of Linux's locks share is in
# rivals.
#
# limit: 180

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

MS=60
[ "$QUICK" = no ] || MS=40
[ "$(nproc)" -gt 2 ] && CPUS=1-2 || CPUS=0-1
BASE=("cpus=$CPUS" warmup_ms=10 "duration_ms=$MS" hold_ns=1000 think_ns=500)

# load LOCK NAME=VALUE...
load() {
	one "lock=$1" "${BASE[@]}" "${@:2}"
	equal lost_updates "${R[certificate.lost_updates]:-}" 0
	equal violations "${R[certificate.violations]:-}" 0
	equal set_order "${R[certificate.set_order]:-}" same
}

sets() {
	local order measure
	for order in same opposite random; do
		for measure in full throughput; do
			load "$1" locks=8 set_size=2 "order=$order" "measure=$measure" threads_per_cpu=4
		done
	done
}

largest() {
	load "$1" locks=128 set_size=128 threads_per_cpu=2
	load "$1" locks=129 set_size=128 order=random pick=uniform hold_ns=0
	load "$1" locks=512 set_size=128 order=opposite pick=partition
}

short() {
	load "$1" hold_ns=0 think_ns=1 threads_per_cpu=8
	load "$1" hold_ns=0 think_ns=1 measure=throughput touch_lines=4
}

many() {
	load "$1" threads_per_cpu=100 bystanders=2
	load "$1" locks=4 set_size=3 order=random threads_per_cpu=40 hold_dist=exp think_dist=bimodal
}

refused_mixes() {
	no_start "set_size: 129; $1 can have at most 128 locks" "lock=$1" locks=200 set_size=129
	no_start "block_ns: the holder of $1 must not block" "lock=$1" block_ns=1000 block_every=1
	no_start "shared_pct: 10; $1 has no shared mode" "lock=$1" shared_pct=10
	no_start "hold_ns: 1000000000; $1 can have at most [0-9]+ on 2 CPUs" "lock=$1" "cpus=$CPUS" hold_ns=1000000000
}

# Two threads that want nothing but the lock have it in turn. Sections are long
# so that a CPU that the host takes away is one that waits or holds.
even() {
	load ticket hold_ns=20000 think_ns=0 duration_ms=400
	awk -v jain="${R[totals.jain_ops]:-0}" 'BEGIN { exit !(jain >= 0.95) }'
}

# In sections that outlast its tries a waiter gives back what it has.
lets_go() {
	load tas locks=3 set_size=2 hold_ns=100000000 think_ns=0 duration_ms=2000
	((${R[totals.restarts]:-0} > 0 && ${R[totals.tokens_undone]:-0} > 0))
}

# unfold: sentences that go on in an indented line, each in one line again.
unfold() { sed -e ':more' -e '$!N' -e 's/\n  \([^ ]\)/ \1/' -e 'tmore' -e 'P' -e 'D'; }

run_model() {
	tokctl run -q -n 1 "$@" --hold 200ns --warmup 10ms --duration "$MS" --cpus "$CPUS" 2>"$SCRATCH/err" | unfold >"$SCRATCH/out"
	grep -q '^lock ' "$SCRATCH/out" || fault "no table: $(head -c 500 "$SCRATCH/err")"
}

# measured: the two CPUs met, or the CPU is emulated.
measured() {
	run_model "$@"
	! grep -q 'no prediction: line_ns was not measured' "$SCRATCH/out"
}

# says LOCK PATTERN: the model's line of the lock.
says() {
	grep -qE "^$1: $2" "$SCRATCH/out" || fault "no '$1: $2' in: $(tail -n 3 "$SCRATCH/out")"
}

model() {
	# A busy host seldom runs both CPUs at once, which the cache line needs.
	local lock TRIES=30
	control reset
	tries measured -l ticket,mutex --think 20us
	if [ "$(tokctl show certificate.times)" = meaningless ]; then
		says ticket 'no prediction: the CPU was emulated'
		return
	fi
	grep -q '^Model of collapse .* not a measurement$' "$SCRATCH/out" || fault "no heading"
	! grep -q '^mutex: ' "$SCRATCH/out" || fault "a model of the mutex"
	for lock in ticket tas; do
		[ "$lock" = ticket ] || tries measured -l "$lock" --think 20us
		says "$lock" 'hold 200 ns, think 20.0 us, cache line [0-9.]+ [nu]s: .*with the 2 CPUs of this run'
		says "$lock" '.*highest throughput with [0-9]+ CPUs, .* ops/s, half of that with [0-9]+'
		says "$lock" ".*this machine has $(nproc) CPUs: too few to reach it\$"
	done
	tries measured -l ticket --think 0
	says ticket '.*no knee: saturated from the second CPU on'
}

# No model where it does not apply; in JSON where it does.
model_rows() {
	run_model -l ticket,tas --think 20us --locks 4 --set-size 2
	! grep -q '^Model' "$SCRATCH/out" || fault "a model of sets"
	tokctl run -q -n 1 -l tas --hold 200ns --think 20us --duration "$MS" -f json >"$SCRATCH/out"
	json_has "$SCRATCH/out" '.summary[0].model' || fault "no model in JSON"
	# One CPU has nobody to get the line from.
	CPUS=0 run_model -l ticket --think 20us
	says ticket 'no prediction: '
}

plan 14
for lock in ticket tas; do
	check "$lock: 2 of 8 locks, in any order" sets "$lock"
	check "$lock: 128 locks at once" largest "$lock"
	check "$lock: nothing in the section" short "$lock"
	check "$lock: many threads" many "$lock"
	check "$lock: what it cannot do is refused" refused_mixes "$lock"
done
check "ticket: two threads take turns" tries even
check "tas: a waiter that has long tried lets go of its locks and of the CPU" tries lets_go
check "tokctl: the knee of the model, and too few CPUs for it" model
check "tokctl: the model's line only where it applies" model_rows
