#!/bin/bash
#
# limits - every parameter at both ends of its range, alone and together: a run
# that cannot be had is refused with a reason; any other one ends, is consistent in
# itself, and no number of it has gone round.
#
# limit: 900

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

declare -A MIN MAX
NAMES=()
while IFS=$'\t' read -r name _ _ min max _; do
	[[ $name != name && $min =~ ^[0-9]+$ ]] || continue
	NAMES+=("$name")
	MIN[$name]=$min MAX[$name]=$max
done <"$TB/parameters"

# went_round: numbers of a result, but for what was configured, near 2^63 or 2^64.
went_round() {
	awk '$1 !~ /^params\./ && $2 ~ /^[0-9]+$/ && ($2 + 0 > 4e18) { print FILENAME ": " $0 }' "$TB/results/summary"
	awk -F'\t' 'NR > 1 { for (i = 1; i <= NF; i++) if ($i ~ /^[0-9]+$/ && $i + 0 > 4e18) print FILENAME ": " $0 }' "$TB/results/threads"
}

# at LOCK NAME=VALUE...: over a base with which any lock can run. STARTED or not.
at() {
	local lock=$1 round
	shift
	control reset
	STARTED=no
	cfg "lock=$lock" hold_ns=1000 warmup_ms=0 duration_ms=20 threads_per_cpu=2 locks=2 "$@"
	if ! echo start 2>/dev/null >"$TB/control"; then
		get error
		[[ $REPLY =~ ^start: ]] || fault "$lock $*: refused, but error says '$REPLY'"
		return
	fi
	STARTED=yes
	nap 0.05
	# Whatever it asked for; it may be over.
	echo stop 2>/dev/null >"$TB/control"
	wait_end 200 || return
	state
	equal "$lock $*: state" "$STATE" "done"
	load_result
	[ "${R[verdict]}" != FAILED ] || fault "$lock $*: ${R[reason]}"
	round=$(awk -f "$TOKBENCH_TEST/result.awk" "$TB"/results/{summary,threads,histogram}; went_round)
	[ -z "$round" ] || fault "$lock $*: $round"
}

# The knobs are those of the lock, and the rest of the parameters are everybody's.
alone() {
	local lock=$1 name value started=0
	for name in "${NAMES[@]}"; do
		control reset
		cfg "lock=$lock"
		get "config/$name"
		[ "$REPLY" != - ] || continue
		for value in "${MIN[$name]}" "${MAX[$name]}"; do
			# Thousands of threads take seconds to make: once.
			[ "$name$value" != "threads_per_cpu${MAX[threads_per_cpu]}" ] || [ "$lock" = mutex ] || continue
			at "$lock" "$name=$value"
			[ "$STARTED" = no ] || started=$((started + 1))
		done
	done
	holds "$started > 20" "runs of $lock"
}

together() {
	local lock=$1 longest=${MAX[hold_ns]}
	at "$lock" "hold_ns=$longest" "think_ns=$longest" hold_dist=exp think_dist=bimodal
	at "$lock" "hold_ns=$longest" "duration_ms=${MAX[duration_ms]}" "warmup_ms=${MAX[warmup_ms]}" "seed=${MAX[seed]}"
	at "$lock" hold_ns=0 think_ns=1 "duration_ms=${MAX[duration_ms]}" "quantum_us=${MIN[quantum_us]}" "fair_window_ms=${MAX[fair_window_ms]}"
	at "$lock" "locks=${MAX[locks]}" "set_size=${MAX_SET[$lock]}" order=random pick=zipf "zipf_milli=${MAX[zipf_milli]}"
	at "$lock" "rate=${MAX[rate]}" "queue_max=${MAX[queue_max]}" hold_ns=1
	at "$lock" "rate=${MIN[rate]}" "queue_max=${MIN[queue_max]}"
	at "$lock" "locks=${MAX[locks]}" "touch_lines=${MAX[touch_lines]}"
	at "$lock" hold_ns=0 think_ns=0 touch_lines=1
	equal "started with work that has no time" "$STARTED" yes
	at "$lock" "groups=hold_ns=$longest/hold_ns=0:think_ns=$longest/nice=-20/nice=19"
	at "$lock" "block_ns=${MAX[block_ns]}" block_every=1
}

locks_of_module
few=(token-handoff mutex)
plan $((2 * ${#few[@]} + 1))
for lock in "${few[@]}"; do
	check "limits: each parameter of a run of $lock" alone "$lock"
	check "limits: several at once, $lock" together "$lock"
done
check "limits: afterwards a run works" one lock=token-poll hold_ns=1000 warmup_ms=0 duration_ms=20
