#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What tokctl writes against tokctl.schema.json. Output: TAP.
#
#   tests/cli/cli_schema.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

schema=$(dirname "$0")/../../tokctl.schema.json
saved=()

# valid FILE...
valid() {
	local file files=()

	for file; do
		files+=(-i "$file")
	done
	python3 -W ignore -m jsonschema "${files[@]}" "$schema" >"$work/said" 2>&1
}

# write NAME ARGUMENT...: the result of a run, in a file.
write() {
	saved+=("$work/$1.json")
	tok run "${@:2}" "${quick[@]}" -f json -q -o "$work/$1.json"
}

# damaged DESCRIPTION FILTER: the result is not valid behind this filter of jq.
damaged() {
	jq "$2" "$work/sweep.json" >"$work/damaged.json"
	valid "$work/damaged.json" && problem "valid: $1"
	grep -q 'Traceback' "$work/said" && problem "$1: $(tail -n 1 "$work/said")"
}

if ! python3 -W ignore -m jsonschema --help >/dev/null 2>&1; then
	skip "every result is valid" "no jsonschema for python3"
	plan
	exit
fi

write sweep -l mutex,token-handoff,ww-die --threads-per-cpu 1,4 -n 7 --title "a title"
is_rc 0
write all -l all --locks 4 --set-size 2 --order random --cpus 0-1 --cpus 0-2
write knobs -l tokens,mutex --spin 1,1000
write open -l mutex,token-poll --rate 1000,2000 --bystanders 1 --block 1us --block-every 2
write groups -l mutex --groups hold_ns=10us:nice=-5/hold_ns=1us --threads-per-cpu 2 --phases 1/2/1
write broken -l broken,mutex --measure throughput -n 2
tok show -f json
cp "$out" "$work/last.json"
saved+=("$work/last.json")
environment+=(FAKE_TIMES=meaningless)
write emulated -l mutex
unset 'environment[-1]'
for file in "${saved[@]}"; do
	[ "$(jq '.runs | length' "$file")" -gt 0 ] || problem "no runs in $file"
done
valid "${saved[@]}" || problem "$(head -c 2000 "$work/said")"
result "every result is valid"

for file in "${saved[@]}"; do
	tok show -i "$file"
	has_not "$err" damaged
	tok report "$file" -o "$work/page.html"
	is_rc 0
done
result "every result is read again, also a nice value below 0"

damaged "no runs" 'del(.runs)'
damaged "another schema" '.schema = 2'
damaged "a number as text" '.runs[0].totals.ops = "7"'
damaged "a key of nobody" '.runs[0].totals.no_such = 7'
damaged "a parameter of nobody" '.runs[0].params.no_such = 7'
damaged "a value out of range" '.runs[0].params.threads_per_cpu = 0'
damaged "a word that is none" '.runs[0].params.order = "sorted"'
damaged "a verdict that is none" '.runs[1].verdict = "fine"'
damaged "a bucket of two numbers" '.runs[0].latency.acquire_ns.buckets[0] |= .[:2]'
damaged "a negative time" '.runs[0].totals.window_ns = -1'
damaged "a thread without a CPU" 'del(.runs[0].threads[0].cpu)'
damaged "an interval of one number" '.summary[0].throughput.ci95 = [1]'
damaged "a row without a lock" 'del(.summary[0].lock)'
damaged "a check without a verdict" 'del(.checks[0].verdict)'
damaged "a word of no check" '.checks[0].verdict = "bad"'
damaged "a machine with a host name" '.environment.hostname = "x"'
damaged "an array in place of an object" '.plan = []'
result "a result that is damaged is not"

plan
