#!/bin/bash
#
# workload - the operations are a function of the parameters, the same for every
# lock, and as much work as they ask for; all of it counted, none of it timed.
#
# limit: 400

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

BASE=(cpus=0-1 warmup_ms=2 duration_ms=15 hold_ns=1000 think_ns=1000)
MANY=200
[ "$QUICK" = no ] || MANY=100

# --- streams -----------------------------------------------------------------

# What the streams below differ in, by name.
declare -A STREAM=(
	[one]=""
	[set]="locks=8 set_size=2 order=random"
	[zipf]="locks=8 set_size=2 pick=zipf order=opposite threads_per_cpu=2"
	[popular]="locks=1000 pick=zipf zipf_milli=2500 hold_dist=exp think_dist=bimodal"
	[parts]="locks=12 set_size=3 pick=partition order=random hold_dist=bimodal think_dist=exp"
	[groups]="locks=4 threads_per_cpu=2 groups=hold_ns=700/hold_ns=900:threads=2 block_ns=1000 block_every=3"
	[shared]="locks=4 shared_pct=30"
)

# can LOCK PARAMETERS: its flags and its largest set allow them.
can() {
	[[ $2 != *shared_pct=* ]] || has "$1" shared || return
	[[ $2 != *block_ns=* ]] || has "$1" blocks || return
	[[ ! $2 =~ set_size=([0-9]+) ]] || [ "${BASH_REMATCH[1]}" -le "${MAX_SET[$1]}" ]
}

# Each lock makes the same operations, in the order it may take a set in.
same_stream() {
	local lock first='' made=0 parameters
	read -ra parameters <<<"${STREAM[$1]}"
	for lock in "${LOCKS[@]}"; do
		can "$lock" "${STREAM[$1]}" || continue
		one "lock=$lock" "${BASE[@]}" "${parameters[@]}"
		: "${first:=${R[certificate.stream_digest]}}"
		equal "$lock: stream_digest" "${R[certificate.stream_digest]}" "$first"
		equal "$lock: stream_errors" "${R[certificate.stream_errors]}" 0
		made=$((made + 1))
	done
	[[ $first =~ ^[0-9a-f]{16}$ ]] || fault "stream_digest '$first'"
	holds "$made >= 2" "locks that can take part"
}

# digest NAME=VALUE...: of the lock that can do the most, in REPLY.
digest() {
	one lock=rwsem "${BASE[@]}" locks=8 set_size=2 duration_ms=10 "$@"
	REPLY=${R[certificate.stream_digest]:-none}
}

differs() {
	local parameter names=(nothing) seen
	digest && seen=("$REPLY")
	for parameter in seed=2 threads_per_cpu=2 cpus=0 locks=9 set_size=3 pick=zipf pick=partition \
		'pick=zipf zipf_milli=1500' hold_ns=1001 think_ns=1001 hold_dist=exp hold_dist=bimodal think_dist=exp \
		'hold_dist=exp seed=2' shared_pct=30 shared_pct=70 shared_pct=100 groups=hold_ns=900/hold_ns=1100 \
		groups=think_ns=1/shared_pct=9 'block_ns=100 block_every=7' 'block_ns=100 block_every=8'; do
		# shellcheck disable=SC2086 # one word per parameter
		digest $parameter
		for i in "${!seen[@]}"; do
			[ "${seen[i]}" != "$REPLY" ] || fault "$parameter: the stream_digest of ${names[i]}"
		done
		seen+=("$REPLY") names+=("$parameter")
	done
}

# What is no part of an operation does not change it; nor does a second run.
differs_not() {
	local parameter first
	digest && first=$REPLY
	for parameter in '' order=opposite order=random measure=throughput bystanders=1 duration_ms=40 quantum_us=100 \
		touch_lines=3 rate=2000 queue_max=5 phases=1/1 lock=none lock=mutex; do
		# shellcheck disable=SC2086 # one word per parameter
		digest ${parameter:+duration_ms=20} $parameter
		equal "${parameter:-again}: stream_digest" "$REPLY" "$first"
	done
}

# The n-th CPU of the run counts, not which one it is.
other_cpus() {
	local first
	digest cpus=0-1 pick=partition && first=$REPLY
	digest cpus=1-2 pick=partition
	equal stream_digest "$REPLY" "$first"
}

# --- how much work -------------------------------------------------------------

# drawn LOCK NAME=VALUE...: one run of many short operations.
drawn() {
	one "lock=$1" "${BASE[@]}" threads_per_cpu=2 locks=4 measure=throughput "duration_ms=$MANY" "${@:2}"
	OPS=${R[totals.ops]}
	HELD=${R[totals.nominal_held_ns]}
	THOUGHT=$((${R[totals.useful_ns]} - HELD))
	holds "$OPS >= 500" "operations to judge by"
}

# mean_is SUM MEAN VARIANCE: of OPS times, whose variance is VARIANCE percent of
# the squared mean; six standard deviations. The first and the last operation of
# a thread in the window are longer than others.
mean_is() {
	local off=$((($1 - OPS * $2) / $2))
	off=$(((off < 0 ? -off : off) - 40))
	holds "off <= 0 || 100 * off * off <= 36 * $3 * OPS" "sum $1 of $OPS times, mean $2"
}

constant() {
	drawn "$1" hold_ns=1234 think_ns=567
	equal nominal_held_ns "$HELD" $((OPS * 1234))
	equal "thinking" "$THOUGHT" $((OPS * 567))
	drawn "$1" hold_ns=0 think_ns=1500
	equal nominal_held_ns "$HELD" 0
	equal useful_ns "$THOUGHT" $((OPS * 1500))
}

exponential() {
	drawn "$1" hold_ns=3000 think_ns=700 hold_dist=exp
	mean_is "$HELD" 3000 100
	holds "$HELD != OPS * 3000" "each operation the same"
	equal "thinking" "$THOUGHT" $((OPS * 700))
	drawn "$1" hold_ns=700 think_ns=3000 think_dist=exp
	mean_is "$THOUGHT" 3000 100
	holds "$THOUGHT != OPS * 3000" "each operation the same"
	equal nominal_held_ns "$HELD" $((OPS * 700))
}

# With a mean of 1900 a time is 1000 or 10000.
long_ones() {
	equal "sum of times of 1000 and 10000" $(($1 % 1000)) 0
	holds "($1 - OPS * 1000) % 9000 == 0" "sum $1"
	binomial "times of 10000" $((($1 - OPS * 1000) / 9000)) "$OPS" 10 8
}

bimodal() {
	drawn "$1" hold_ns=1900 think_ns=500 hold_dist=bimodal
	mean_is "$HELD" 1900 202
	long_ones "$HELD"
	drawn "$1" hold_ns=500 think_ns=1900 think_dist=bimodal
	mean_is "$THOUGHT" 1900 202
	long_ones "$THOUGHT"
}

# Every line of every lock is written as often as the lock is taken, or updates
# are lost; in private where the lock claims nothing.
touch_lines() {
	local size=$((MAX_SET[$1] < 2 ? MAX_SET[$1] : 2))
	one "lock=$1" "${BASE[@]}" locks=4 "set_size=$size" order=opposite threads_per_cpu=4 touch_lines=50 duration_ms=40
	equal "$1: lost_updates" "${R[certificate.lost_updates]}" 0
}

touch_all() {
	local lock
	for lock in "${LOCKS[@]}"; do
		touch_lines "$lock"
	done
}

touch_readers() {
	local lock
	locks_with shared
	for lock in "${WITH[@]}"; do
		one "lock=$lock" "${BASE[@]}" touch_lines=20 shared_pct=50 threads_per_cpu=4
		equal "$lock: lost_updates" "${R[certificate.lost_updates]}" 0
	done
}

# Threads inside at the same time lose updates of the lines.
touch_broken() {
	tries loses
	equal verdict "${R[verdict]}" FAILED
}

loses() {
	control reset
	run_wait lock=broken "${BASE[@]}" threads_per_cpu=4 touch_lines=1024 duration_ms=100
	((${R[certificate.lost_updates]} > 0))
}

# 32 threads that sleep 4 ms in each section. Where all want the same mutex, one
# of them gets through in that time; with exponent 5, 96 in 100 want the first.
popular() {
	local slow=(threads_per_cpu=16 locks=1000 block_ns=4000000 block_every=1 duration_ms=200) fit
	one lock=mutex "${BASE[@]}" "${slow[@]}" pick=zipf zipf_milli=5000
	fit=$((${R[totals.window_ns]} / 4000000 + 2))
	holds "${R[totals.ops]} <= fit + fit / 3" "pick=zipf: operations, one by one"
	tries unpopular
}

unpopular() {
	one lock=mutex "${BASE[@]}" "${slow[@]}"
	echo "ops ${R[totals.ops]}, one by one $fit"
	((${R[totals.ops]} > fit * 2))
}

locks_of_module
plan $((${#STREAM[@]} + 11))
for stream in one set zipf popular parts groups shared; do
	check "every lock makes the same operations: ${STREAM[$stream]:-one lock}" same_stream "$stream"
done
check "what makes another operation makes another stream_digest" differs
check "what does not, does not" differs_not
if [ "$(nproc)" -gt 2 ]; then
	check "other CPUs, the same operations" other_cpus
else
	skip "other CPUs, the same operations" "needs 3 CPUs"
fi
check "const: each operation asks for what the parameters say" constant none
check "exp: the mean of many is the mean that was asked for" exponential none
check "bimodal: one in ten is ten times as long, and the mean as asked for" bimodal none
check "exp on the LWKT scheduler" exponential token-backoff
check "touch_lines: no lock loses an update" touch_all
check "touch_lines with readers" touch_readers
check "touch_lines: broken loses updates, and ends FAILED" touch_broken
check "pick=zipf: a popular lock holds most threads up" popular
