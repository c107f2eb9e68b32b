#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Saved results that are damaged, one after the other, in the hands of every
# command that reads one. Output: TAP.
#
#   tests/cli/cli_damaged.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

whole=$work/whole.json bad=$work/bad.json page=$work/page.html
matrix=(-l mutex "${quick[@]}" --locks "1,4")

# The pictures are not what is tested here, and gnuplot takes longer than all the rest.
mkdir "$work/bin"
cat >"$work/bin/gnuplot" <<-'END'
	#!/bin/sh
	echo '<svg viewBox="0 0 6 4"><g></g></svg>'
END
chmod +x "$work/bin/gnuplot"
environment+=(PATH="$work/bin:$PATH")

tok run "${matrix[@]}" -q -f json -o "$whole"
is_rc 0
runs=$(cut -d' ' -f2 "$mod/state")

# refused MESSAGE: all commands say the same of $bad, exit with 2, and leave all files as they were.
refused() {
	local sum command
	sum=$(cksum <"$bad")
	echo old >"$page"
	for command in "show -i $bad" "compare $whole $bad" "report $bad -o $page" \
		"run ${matrix[*]} --resume $bad"; do
		# shellcheck disable=SC2086 # several words
		tok $command
		is_rc 2
		has "$err" "bad.json: $1"
		is "what was printed" "$(cat "$out")" ""
	done
	is "the damaged file" "$(cksum <"$bad")" "$sum"
	is "the other file" "$(cat "$page")" old
}

# --- cut off

size=$(wc -c <"$whole")
for part in 0 1 2 3; do
	head -c $((size * part / 4)) "$whole" >"$bad"
	if [ "$part" = 0 ]; then
		refused "cannot be read as JSON: it is empty"
	else
		refused "cannot be read as JSON: line $(($(wc -l <"$bad") + 1)), column "
	fi
done
head -c $((size - 3)) "$whole" >"$bad"
refused "cannot be read as JSON: line "
result "cut off anywhere: exit 2, with the place, and no file is touched"

sed '2s/^/,/' "$whole" >"$bad"
refused "cannot be read as JSON: line 2, column 1: "
cat "$whole" "$whole" >"$bad"
refused "cannot be read as JSON: line $(($(wc -l <"$whole") + 1)), column 1: something behind its end"
{
	printf '{"schema":'
	printf '[%.0s' {1..200}
} >"$bad"
refused "cannot be read as JSON: line 1, column 4"
result "not JSON, twice JSON, and JSON without end"

# --- values that cannot be

swapped() { # FILTER MESSAGE
	jq "$1" "$whole" >"$bad"
	refused "damaged: $2"
}
swapped '.runs[0] = "x"' "runs.1 is 'x', not a run"
swapped '.runs[0].lock = 5' "runs.1.lock is '5', not a text"
swapped '.runs[1].totals = []' "runs.2.totals is '[ ]', not an object"
swapped '.runs[1].totals.ops = -1' "runs.2.totals.ops is '-1', not a number from 0"
swapped '.runs[0].threads[1].ops = -0.5' "runs.1.threads.2.ops is '-0.5', not a number from 0"
swapped '.runs[0].latency.acquire_ns.buckets[1] = [5, 1, 1]' "runs.1.latency.acquire_ns.buckets.2 is "
for key in violations overlap left_cpu stopped cpu_lost start_skew_ns other_ns; do
	swapped ".runs[1].certificate.$key = \"0\"" "runs.2.certificate.$key is '0', not a number"
done
swapped '.runs[0].totals.violations = "0"' "runs.1.totals.violations is '0', not a number"
swapped '.runs[0].certificate.late_threads = [1]' "runs.1.certificate.late_threads is '[ 1 ]', not a number"
swapped '.runs[0].cell = -1' "runs.1.cell is '-1', not a number of this plan"
swapped '.summary[0].throughput.median = -3' "summary.1.throughput.median is '-3', not a number from 0"
swapped '.interrupted = "no"' "interrupted is 'no', not true or false"
swapped '.plan = 3' "plan is '3', not an object"
sed 's/"ops": *[0-9]*/"ops":1e999/' "$whole" >"$bad"
refused "damaged: runs.1.totals.ops is '1e999', not a finite number"
is "runs" "$(cut -d' ' -f2 "$mod/state")" "$runs"
result "a value of another type, or that nothing can measure: exit 2, with its place"

# --- keys that are not there

# without PATH: whoever can do without it does, whoever cannot says so.
without() {
	jq "del($1)" "$whole" >"$bad"
	cp "$bad" "$work/before.json"
	for command in "show -i $bad --ledger --checks" "report $bad"; do
		# shellcheck disable=SC2086 # several words
		tok $command
		[ "$rc" -eq 0 ] || [ "$rc" -eq 2 ] || problem "without $1: $command: $rc: $(head -c 300 "$err")"
		[ "$rc" -eq 0 ] || has "$err" "bad.json: "
	done
	tok run "${matrix[@]}" --force -q --resume "$bad"
	if [ "$rc" -eq 2 ]; then
		has "$err" "bad.json: "
		cmp -s "$bad" "$work/before.json" || problem "without $1: a file that was refused has changed"
	else
		[ "$rc" -eq 0 ] || problem "without $1: --resume: $rc: $(head -c 300 "$err")"
		is "without $1: runs" "$(jq '.runs | length' "$bad")" 2
	fi
}
mapfile -t keys < <(jq -r '(keys[] | "." + .), (.plan | keys[] | ".plan." + .), (.runs[0] | keys[] | ".runs[0]." + .)' "$whole")
for key in "${keys[@]}" '.summary[0].lock' '.runs[0].latency.acquire_ns' '.runs[0].totals.ops' '.runs[1]' '.runs[]'; do
	without "$key"
done
[ "${#keys[@]}" -gt 20 ] || problem "only ${#keys[@]} keys"
result "without any one of ${#keys[@]} keys: done without, or refused by name; no file is lost"

plan
