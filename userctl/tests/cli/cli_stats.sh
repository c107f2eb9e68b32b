#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Repeats: intervals, ratios and verdicts, from a run to its table. Output: TAP.
#
#   tests/cli/cli_stats.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

fresh
tok run -l token-poll,mutex,spinlock "${quick[@]}" --threads-per-cpu 1,4 -n 7 -o "$work/seven.json" -f json
is_rc 0
has_not "$out" "min-max"
has "$out" "vs token-poll: ratio of operations per second in the same cell, with its 95 % interval"
is "rows with a verdict" "$(grep -cE '^ +[14] .* (no difference|faster|slower) ' "$out")" 4
cp "$out" "$work/table"
result "seven repeats have intervals, and a verdict for each lock but the first"

is "sentences" "$(tail -n 3 "$out" | sed -E 's/[0-9]+\.[0-9]+|in [0-9]/N/g')" "
mutex: N to N times the ops/s of token-poll; faster N of 2 cells, slower N
spinlock: N to N times the ops/s of token-poll; faster N of 2 cells, slower N"
result "and the output ends with a sentence for each of them"

fresh
tok run -l token-poll,mutex "${quick[@]}" -n 7
sed -n '/^mutex: /,$p' "$out" | paste -sd' ' | tr -s ' ' >"$work/last"
has "$work/last" "; longest wait "
grep -qE "longest wait ([0-9.]+ [mun]s, of token-poll|[0-9.]+ times (short|long)er)" "$work/last" || problem "$(cat "$work/last")"
environment+=(FAKE_TIMES=meaningless)
tok run -l token-poll,mutex "${quick[@]}" -n 7
has_not "$out" "times the ops/s of"
has_not "$out" "no difference from"
unset 'environment[-1]'
result "of one cell the sentence has the longest waits; of an emulated CPU there is none"

is "keys" "$(jq -c '[.summary[].throughput | [(.ci95 | length), .n, (.outliers | type)]] | unique' "$work/seven.json")" \
	'[[2,7,"array"]]'
is "order" "$(jq '[.summary[].throughput | .min <= .ci95[0] and .ci95[0] <= .median and
	.median <= .ci95[1] and .ci95[1] <= .max] | all' "$work/seven.json")" true
is "references" "$(jq -c '[.summary[].ratio | [.reference, .verdict == "reference", (.ci95 | length), .p <= 1 and .p > 0]] |
	unique' "$work/seven.json")" '[["token-poll",false,2,true],["token-poll",true,0,false]]'
is "within" "$(jq '[.summary[].ratio | select(.ci95) |
	.within + 1e-6 >= 1 - .ci95[0] and .within + 1e-6 >= .ci95[1] - 1] | all' "$work/seven.json")" true
result "the JSON has them: interval, good runs, outliers, ratio"

tok show -i "$work/seven.json"
is "table" "$(cat "$out")" "$(cat "$work/table")"
result "a saved file is shown with the same intervals"

fresh
tok run -l token-poll,mutex "${quick[@]}" -n 7 --reference mutex -f json
is "reference" "$(jq -r '.summary[0].ratio.reference' "$out")" mutex
is "its row" "$(jq -r '.summary[1].ratio.verdict' "$out")" reference
result "--reference is what the ratios are to"

fresh
tok run -l token-poll,mutex "${quick[@]}" -n 5
is_rc 0
has "$out" "min-max"
has_not "$out" "95 %"
has "$out" "too few runs: it takes 6 good ones of each lock, in the same rounds, to tell a difference"
has_not "$out" "interval"
is "lines" "$(wc -l <"$out")" 4
result "five repeats are too few for an interval and a verdict"

plan
