#!/bin/bash
#
# torture - scripts/torture-inner for a few seconds, so that it is known to work
# when it is to run for hours: it finds nothing here, and it has eyes.
#
# limit: 300

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

TORTURE=$TOKBENCH_TEST/../torture-inner
LONG=30
[ "$QUICK" = no ] || LONG=15
DRAWN=30
[ "$QUICK" = no ] || DRAWN=6
LONG=${TOKBENCH_TORTURE_SECONDS:-$LONG}

# Other cases with another seed, the same ones with the same.
repeats() {
	local seed
	for seed in 5 5 6; do
		N=$((N + 1))
		bash "$TORTURE" --list --cases "$DRAWN" --seed "$seed" >"$SCRATCH/$seed.$N"
	done
	equal lines "$(wc -l <"$SCRATCH/5.1")" "$DRAWN"
	cmp "$SCRATCH/5.1" "$SCRATCH/5.2" || fault "the same seed, but other cases"
	cmp -s "$SCRATCH/5.1" "$SCRATCH/6.3" && fault "another seed, but the same cases"
	# A case is one of its number, wherever one begins.
	bash "$TORTURE" --list --cases 1 --from "$DRAWN" --seed 5 | diff <(tail -n 1 "$SCRATCH/5.1") - ||
		fault "case $DRAWN is another one when it is the first"
}

count_of() { sed -n "s/^$1  *//p" "$SCRATCH/out"; }

tortured() {
	bash "$TORTURE" --seconds "$LONG" --seed "$SEED" >"$SCRATCH/out" 2>&1 || fault "$(grep -A 9 FAILED "$SCRATCH/out" || cat "$SCRATCH/out")"
	echo "# $(count_of cases) torture cases, $(count_of 'runs ended') runs, $(count_of 'CPUs off and on') CPUs off and on, seed $SEED" >&3
	holds "$(count_of cases) > 0"
	equal failures "$(count_of failures)" 0
}

# A run that takes longer than it may is reported, with the threads it has.
watched() {
	bash "$TORTURE" --seconds 60 --seed 5 --slack 4 --stuck >"$SCRATCH/out" 2>&1 && fault "exit status 0"
	grep -q '^FAILED case 1 (seed 5): it has not ended in time' "$SCRATCH/out" || fault "no report: $(head -n 9 "$SCRATCH/out")"
	grep -q '^state: .*token-poll' "$SCRATCH/out" || fault "no state"
	grep -q '^config/duration_ms:600000' "$SCRATCH/out" || fault "no configuration"
	grep -q '^lock token-poll$' "$SCRATCH/out" && grep -q '^thread	cpu	pid	' "$SCRATCH/out" || fault "no dump"
	grep -q '^--- [0-9]* tokbench/1 State:' "$SCRATCH/out" || fault "no threads"
	equal failures "$(count_of failures)" 1
	stop_any
	bash "$TORTURE" --seconds 60 --seed 5 --cases 1 --set lock=mutex --set ACTION=none --set fault=hang --set duration_ms=20 \
		--set rate=0 --set phases= --set hold_ns=1000 --set think_ns=0 --set block_ns=0 --set groups= >"$SCRATCH/out" 2>&1 && fault "exit status 0"
	grep -q '^state: stuck 1 mutex' "$SCRATCH/out" || fault "a run that is stuck is not reported: $(cat "$SCRATCH/out")"
	stop_any
}

# on_purpose FAULT: a run that is broken on purpose (fault.c) is no failure.
on_purpose() {
	bash "$TORTURE" --seconds 60 --cases 8 --seed "$SEED" --set lock=mutex --set ACTION=none --set "fault=$1" \
		--set rate=0 --set phases= --set measure=throughput >"$SCRATCH/out" 2>&1 || fault "$(cat "$SCRATCH/out")"
	holds "$(count_of 'runs ended') > 0" "runs ended"
	equal "runs that are ok" "$(count_of 'of these ok')" 0
}

# Nothing that was asked for is left out, and nothing else is taken.
options() {
	bash "$TORTURE" --list --cases 3 --seed 5 --set lock=tas --set hold_ns=7 >"$SCRATCH/out"
	equal "cases with what was set" "$(grep -c ' tas .* hold_ns=7 ' "$SCRATCH/out")" 3
	bash "$TORTURE" --list --set nonsense >"$SCRATCH/out" 2>&1 && fault "takes --set nonsense"
	grep -q -e "--set wants NAME=VALUE, not 'nonsense'" "$SCRATCH/out" || fault "$(cat "$SCRATCH/out")"
}

N=0
SEED=${TOKBENCH_TORTURE_SEED:-$((SRANDOM % 1000000))}
exec 3>&1
# What the watchdog does depends on no kernel, and takes long on a slow one.
if [ "$QUICK" = no ]; then plan 6; else plan 2; fi
check "torture: a case is a function of its number and the seed" repeats
check "torture: $LONG s, seed $SEED: no failure" tortured
[ "$QUICK" = no ] || exit 0
check "torture: the watchdog sees a run that does not end, or is stuck" watched
check "torture: --set" options
for fault in late move; do
	check "torture: runs with fault=$fault are no failures" on_purpose $fault
done
