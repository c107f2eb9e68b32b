#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Fits to a sweep over threads. The fake module follows a law of scaling with
# sigma 0.1 and kappa 0.01. Output: TAP.
#
#   tests/cli/cli_scaling.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

export FAKE_SCALING=1
threads=(--threads-per-cpu "1,2,4,8,16" --cpus 0)

tok run -l mutex,token-poll "${quick[@]}" "${threads[@]}" -n 2 -f json -o "$work/threads.json"
is_rc 0
has "$out" "Scaling: the Universal Scalability Law"
has "$out" "A fit, not a measurement"
is "lines" "$(grep -cE '^(mutex|token-poll) +3\.54M +8 +10% \[.*\] +10 \[.*\] +9\.5 \[.*\] +3\.57M +45 ' "$out")" 2
is "widest line" "$(sed -n '/^Scaling/,$p' "$out" | awk 'length > 100' | wc -l)" 0
is "in the JSON" "$(jq -c '[.scaling[] | [.lock, .over, .axis, (.points | length), (.usl.kappa.value * 1000 | round)]]' \
	"$work/threads.json")" \
	'[["mutex","threads","threads_per_cpu",5,10],["token-poll","threads","threads_per_cpu",5,10]]'
sed -n '/^Scaling/,$p' "$out" >"$work/fit"
result "a sweep over threads ends with a fit for each lock"

tok show -i "$work/threads.json"
is_rc 0
is "the fit" "$(sed -n '/^Scaling/,$p' "$out")" "$(cat "$work/fit")"
result "show prints the same fit"

tok run -l mutex "${quick[@]}" --cpus 0 --cpus 0-1 --cpus 0-3,6 --cpus 0-7 -f json
is_rc 0
is "points" "$(jq -c '[.scaling[0].axis, [.scaling[0].points[].n]]' "$out")" '["cpus",[1,2,5,8]]'
result "a sweep over CPUs is one over threads as well"

FAKE_TIMES=meaningless tok run -l mutex,token-poll "${quick[@]}" "${threads[@]}" -q
is_rc 0
is "lines" "$(grep -c 'no fit' "$out")" 1
has "$out" "no fit of the law of scaling: the CPU was emulated, and times mean nothing"
has_not "$out" "sigma"
result "times of an emulated CPU are not fitted"

FAKE_INVALID=token-poll tok run -l mutex,token-poll "${quick[@]}" "${threads[@]}" -q
is_rc 1
has "$out" "no fit of the law of scaling: token-poll: 0 different numbers of threads with a good run, at least 4 needed"
is "lines" "$(grep -cE '^mutex .* 3\.57M ' "$out")" 1
result "invalid runs take no part"

tok run -l mutex "${quick[@]}" --threads-per-cpu 1,16 --cpus 0 -q
is_rc 0
has_not "$out" "fit"
result "two numbers of threads are no curve"

plan
