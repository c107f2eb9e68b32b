#!/bin/bash
#
# icount - what the bare locks cost in instructions, in a guest where one
# nanosecond is one instruction. The targets of DESIGN 10.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

declare -A COST

# Of the harness, in instructions: 86 and 139, with some room. What measuring
# adds is three clock readings of 5, two recordings of 14, and 10 for the longest gap
# and whose release was waited for: 53, and no room beyond the target of DESIGN 10.
THROUGHPUT_MOST=90
FULL_MOST=145
MEASURING_MOST=55

# bench: the table in COST, in hundredths.
bench() {
	local what per
	control bench || return
	while IFS=$'\t' read -r what _ _ per _; do
		[ "$what" = what ] || COST[$what]=${per/./}
	done <"$TB/results/bench"
	echo "# $1:" "$(tail -n +2 "$TB/results/bench" | cut -f1,4 | tr '\t\n' ' ;')" >&3
}

# switch_row WORD: the row of the table that measures switches of WORD.
switch_row() {
	local what
	for what in "${!COST[@]}"; do
		[[ $what != "$1 switch"* ]] || REPLY=$what
	done
}

pair() {
	local cost=${COST[pair $1]:-0} mutex=${COST[pair mutex]:-0}
	holds "0 < $cost && $cost <= $mutex" "hundredths of an instruction, $1 and mutex, get and release"
}

inline_switch() {
	local inline bare
	switch_row inline && inline=$REPLY
	switch_row kthread && bare=$REPLY
	holds "0 < ${COST[$inline]:-0} && ${COST[$inline]:-0} * 10 <= ${COST[$bare]:-0}" "an inline switch and a bare one"
}

switch() {
	local lwkt bare
	switch_row LWKT && lwkt=$REPLY
	switch_row kthread && bare=$REPLY
	holds "0 < ${COST[$lwkt]:-0} && ${COST[$lwkt]:-0} * 100 <= ${COST[$bare]:-0} * 115" "an LWKT switch and a bare one"
}

# harness HOW MOST: an operation of none, without work, in instructions beside an
# empty loop.
harness() {
	local row=${COST[none, measure=$1, 0 ns of work]:-0} empty=${COST[empty loop, 0 ns of work]:-0}
	holds "0 < $empty && $empty < $row && $row - $empty <= $2 * 100" "hundredths of an instruction, none with measure=$1, and an empty loop"
}

# measuring WORK: what measure=full costs beside measure=throughput.
measuring() {
	local full=${COST[none, measure=full, $1 of work]:-0} less=${COST[none, measure=throughput, $1 of work]:-0}
	holds "0 < $less && $less < $full && $full - $less <= $MEASURING_MOST * 100" "hundredths of an instruction, measuring, $1 of work"
}

# The time stamp counter, without a call; two are of the loop.
clock() {
	one lock=none hold_ns=1000 think_ns=0 warmup_ms=1 duration_ms=10
	equal clock "${R[certificate.clock]}" tsc
	holds "0 < ${COST[clock reading]:-0} && ${COST[clock reading]} <= 800" "hundredths of an instruction, clock reading"
}

repeatable() {
	local first=${COST[pair token-poll]:-0} mutex=${COST[pair mutex]:-0}
	bench again
	holds "${COST[pair token-poll]} * 100 <= $first * 102 && $first * 100 <= ${COST[pair token-poll]} * 102" "token-poll, second bench"
	holds "${COST[pair mutex]} * 100 <= $mutex * 102 && $mutex * 100 <= ${COST[pair mutex]} * 102" "mutex, second bench"
}

# The engine adds up the numbers of 1024 threads, three histograms each, and lets
# others run meanwhile: it keeps the CPU for little more than the ms after which
# a more urgent task looks again. One thread's part is 20 us of instructions.
merges() {
	local i
	control reset
	cfg lock=mutex threads_per_cpu=1024 groups=hold_ns=100000/hold_ns=100001 hold_ns=100000 warmup_ms=0 duration_ms=10
	tasks
	for i in "${!TASKS[@]}"; do
		[ "${TASKS[i]}" != tokbench ] || break
	done
	# Before there are a thousand others that want the CPU.
	"$BIN/stretch" "${PIDS[i]}" "$TB/state" >"$SCRATCH/most" &
	until [ "$(chrt -p "$!" | grep -c FIFO)" = 1 ]; do nap 0.02; done
	start || return
	urgent wait_end 120
	wait "$!"
	read -r i <"$SCRATCH/most"
	echo "# the longest stretch: $i thousand instructions" >&3
	holds "0 < $i && $i <= 2000" "thousand instructions in which others had no chance"
}

# The one boot with one CPU.
alone() {
	control reset
	cfg lock=mutex hold_ns=1000 fault=move
	expect_refused control check EINVAL '^start: fault: move; no other CPU is online$'
	expect_refused control start EINVAL '^start: fault: move; no other CPU is online$'
	cfg fault=none
}

exec 3>&1
mapfile -t TOKENS < <(awk -F'\t' '$1 ~ /^token-/ { print $1 }' "$TB/variants")
plan $((11 + ${#TOKENS[@]}))
check "bench works" bench bench
for lock in "${TOKENS[@]}"; do
	check "$lock get and release: no more instructions than mutex lock and unlock" pair "$lock"
done
check "a switch of inline threads: at most 0.1 of a bare kthread switch" inline_switch
check "an LWKT switch: at most 1.15 of a bare kthread switch" switch
check "the harness, measure=throughput: at most $THROUGHPUT_MOST instructions per operation" harness throughput "$THROUGHPUT_MOST"
check "the harness, measure=full: at most $FULL_MOST instructions per operation" harness full "$FULL_MOST"
check "measuring, no work: at most $MEASURING_MOST instructions per operation" measuring "0 ns"
check "measuring, 1 us of work: at most $MEASURING_MOST instructions per operation" measuring "1 us"
check "the clock is the time stamp counter" clock
check "a second bench counts the same, within 2 %" repeatable
check "adding up the numbers of 1024 threads lets others run" merges
check "with one CPU: no thread can be moved to another" alone
