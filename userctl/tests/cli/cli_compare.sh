#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Two saved results against each other. Output: TAP.
#
#   tests/cli/cli_compare.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

a=$work/a.json b=$work/b.json

tok run -l mutex,token-ipi "${quick[@]}" --threads-per-cpu 1,4 -n 7 -q -f json -o "$a"
fresh
tok run -l token-ipi,mutex "${quick[@]}" --threads-per-cpu 1,4 -n 7 -q -f json -o "$b"
rm -r "$root" # no module is needed

tok compare "$a" "$b"
is_rc 0
is "rows of rates" "$(grep -cE '^ +[14]  *(mutex|token-ipi) .*M ' "$out")" 4
is "rows of times" "$(sed '1,/^Time to acquire/d' "$out" | grep -cE '^ +[14]  *(mutex|token-ipi) ')" 4
[ "$(wc -L <"$out")" -le 115 ] || problem "a line of $(wc -L <"$out"): $(cat "$out")"
has "$out" "no difference within"
has "$out" "A p99.9"
has_not "$out" "different:"
is "order of locks" "$(awk '/^ +[14] +(mutex|token-ipi) .*M / { printf "%s ", $2 }' "$out")" "mutex token-ipi mutex token-ipi "
tok compare "$b" "$a"
is "order of locks" "$(awk '/^ +[14] +(mutex|token-ipi) .*M / { printf "%s ", $2 }' "$out")" "token-ipi mutex token-ipi mutex "
tok compare "$a" "$b"
tok compare "$a" "$b" -f json
is_rc 0
is "rows" "$(jq -c '[.rows[] | [.lock, .params.threads_per_cpu, .ratio.verdict]] | length' "$out")" 4
is "own keys" "$(jq -c 'keys' "$out")" '["a_file","axes","b_file","differences","only_in_a","only_in_b","rows","schema"]'
is "an interval holds its value" "$(jq -c '[.rows[].ratio | .ci95[0] <= .value and .value <= .ci95[1]] | unique' \
	"$out")" '[true]'
tok compare "$a" "$b" -f csv
is_rc 0
is "lines" "$(wc -l <"$out")" 5
is "columns" "$(head -n 1 "$out" | tr , '\n' | grep -cxE 'lock|threads_per_cpu|b.latency.acquire_ns.p9999|ratio.verdict')" 4
tok compare "$a" "$b" -f md
is_rc 0
has "$out" "| threads_per_cpu | lock |"
tok compare "$a" "$b" -f csv-long
is_rc 0
is "header" "$(head -n 1 "$out")" "lock,threads_per_cpu,key,value"
has "$out" "mutex,4,b.latency.acquire_ns.p99,1015"
has "$out" "mutex,4,ratio.verdict,no difference"
result "two results of one load: tables, JSON, CSV"

jq '(.runs[] | select(.lock == "mutex") | .totals.ops) *= 100' "$b" >"$work/faster.json"
tok compare "$a" "$work/faster.json" -f json
is_rc 0
is "verdicts" "$(jq -c '[.rows[] | [.lock, .ratio.verdict]] | unique' "$out")" \
	'[["mutex","faster"],["token-ipi","no difference"]]'
tok compare "$work/faster.json" "$a"
is "slower" "$(grep -c 'mutex .* slower *$' "$out")" 2
for words in "0 $a $b" "0 $a $work/faster.json" "1 $work/faster.json $a" "1 $a $b $a $work/slower.json"; do
	jq '(.runs[] | select(.lock == "mutex") | .totals.ops) /= 100' "$b" >"$work/slower.json"
	# shellcheck disable=SC2086 # several words
	tok compare --fail-if-slower 5% ${words#* }
	is_rc "${words%% *}"
done
has "$err" "slower.json: 2 of 4 rows are slower than $a by more than 5 %"
is "headings" "$(grep -c "^A: $a, B: " "$out")" 3
tok compare "$a" "$b" "$work/slower.json" -f json
is "documents" "$(jq -sc '[.[].b_file]' "$out")" "[\"$b\",\"$work/slower.json\"]"
jq '(.runs, .sentinels) |= map(select(.repeat < 4))' "$b" >"$work/short.json"
tok compare --fail-if-slower 5 "$a" "$work/short.json"
is_rc 1
has "$err" "no row has an interval"
jq '.runs[].certificate.times = "meaningless"' "$b" >"$work/emulated.json"
tok compare --fail-if-slower 5 --force "$a" "$work/emulated.json"
is_rc 1
has "$err" "no row has a verdict; times mean nothing where the CPU is emulated"
result "a lock that got faster, or slower, also of many files, and for CI"

jq 'del(.runs[] | select(.lock == "mutex" and .params.threads_per_cpu == 4))' "$b" >"$work/less.json"
tok compare "$a" "$work/less.json"
is_rc 0
is "only" "$(grep '^only in' "$out")" "only in A: mutex threads_per_cpu=4"
tok compare "$work/less.json" "$a"
is "only" "$(grep '^only in' "$out")" "only in B: mutex threads_per_cpu=4"
jq '.runs[].lock |= "other-" + .' "$b" >"$work/other.json"
tok compare "$a" "$work/other.json"
is_rc 0
has "$out" "nothing is in both"
result "what is in one of them only is named"

# refused WHAT FILTER: a result behind this filter of jq is none to compare with.
refused() {
	jq "$2" "$b" >"$work/c.json"
	tok compare "$a" "$work/c.json"
	is_rc 2
	has "$err" "different: $1: A "
	has "$err" "--force"
	is "output" "$(cat "$out")" ""
	tok compare --force "$a" "$work/c.json"
	is_rc 0
	has "$out" "different: $1: A "
	has "$out" "B ops/s"
}
refused environment.cpu '.environment.cpu = "another"'
refused environment.online_cpus '.environment.online_cpus = "0-63"'
refused environment.kernel '.environment.kernel = "1.0"'
refused environment.lab '.environment.lab = "tcg"'
refused certificate.debug '.runs[].certificate.debug = "lockdep"'
refused params.hold_ns '.runs[].params.hold_ns = 3'
refused params.cpus '.runs[0].params.cpus = "0-7"'
tok compare --force "$a" "$work/c.json" -f csv
has_not "$out" "different"
result "other machines, kernels, debug and lab flags, parameters: refused by name, unless forced"

jq '.runs[].certificate.times = "meaningless"' "$b" >"$work/c.json"
tok compare "$work/c.json" "$work/c.json"
is_rc 0
has "$out" "Times mean nothing here"
has "$out" "~A ops/s"
grep -qE ' ~1\.000( |$)' "$out" || problem "a ratio is not marked: $(cat "$out")"
has_not "$out" "no difference"
tok compare "$work/c.json" "$work/c.json" -f json
is "verdicts" "$(jq '[.rows[].ratio.verdict // empty] | length' "$out")" 0
jq '.runs[0].verdict = "INVALID"' "$b" >"$work/c.json"
tok compare "$a" "$work/c.json"
is_rc 0
grep -q '^INVALID in B: ' "$out" || problem "no bad run is named"
result "emulation and bad runs are said"

usage() { # TEXT ARGUMENTS...
	tok compare "${@:2}"
	is_rc 2
	has "$err" "$1"
}
head -c 3000 "$a" >"$work/cut.json"
usage "nosuch" "$work/nosuch" "$a"
usage "cut.json: cannot be read as JSON" "$a" "$work/cut.json"
echo '{"schema":1}' >"$work/empty.json"
usage "empty.json: not a result" "$a" "$work/empty.json"
usage "two files" "$a"
mapfile -t many < <(printf "$a\n%.0s" {1..65})
usage "compare takes 64 files at most" "${many[@]}"
usage "-f: csv is for two files; allowed for more: table, json, md" -f csv "$a" "$b" "$a"
usage "--fail-if-slower: 'x' is not allowed here; allowed: 0.1 to 99 percent" --fail-if-slower x "$a" "$b"
usage "--fail-if-slower: '0'" --fail-if-slower 0 "$a" "$b"
usage "not a format" -f xml "$a" "$b"
jq '.runs = [null, 3] + .runs' "$b" >"$work/c.json"
usage "c.json: damaged: runs.1 is 'null', not a run" "$a" "$work/c.json"
jq '.plan.axes = 3' "$b" >"$work/c.json"
usage "c.json: damaged: plan.axes is '3', not an object" "$a" "$work/c.json"
jq '.runs = [{"lock": null}, {}] + .runs[:1] | del(.plan.axes) | .environment = null' "$b" >"$work/c.json"
tok compare --force "$a" "$work/c.json"
is_rc 0
result "usage, and files that are damaged"

for what in environment.sched_proxy_exec certificate.proxy_exec; do
	case $what in environment*) filter='.environment.sched_proxy_exec = "0"' ;; *) filter='.runs[].certificate.proxy_exec = "built_in"' ;; esac
	jq "$filter" "$a" >"$work/proxy.json"
	tok compare "$a" "$work/proxy.json"
	is_rc 2
	has "$err" "$what"
done
result "proxy execution, which changes what a mutex is"

plan
