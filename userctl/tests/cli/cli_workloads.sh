#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Workloads: groups, parts of the window, the open loop, blocking, bystanders.
# The fake module gives the first group 3/4 of everything. Output: TAP.
#
#   tests/cli/cli_workloads.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

below() { # START: the table below the line that starts so
	awk -v start="$1" 'index($0, start) == 1 { on = 1 } on && /^$/ { exit } on' "$out" | tr -s ' '
}

titles() {
	grep -m 1 -E '(^| )lock ' "$out" | tr -s ' '
}

# --- groups

tok run -l mutex,ww-die "${quick[@]}" --groups hold_ns=10us/hold_ns=1us:nice=5 -n 3 -f json -o "$work/groups.json"
is_rc 0
is "config" "$(cat "$mod/config/groups")" "hold_ns=10000/hold_ns=1000:nice=5"
is "titles" "$(below "Groups of threads" | sed -n 3p)" "lock group threads hold us think ns nice ops/s ops held acq p50 us"
is "rows" "$(below "Groups of threads" | awk '$1 ~ /^(mutex|ww-die)$/ { print $1, $2, $3, $4, $(NF - 2), $(NF - 1) }' | paste -sd,)" \
	"mutex 1 1 10.0 75.0% 25.0%,mutex 2 1 1.00 25.0% 75.0%,ww-die 1 1 10.0 75.0% 25.0%,ww-die 2 1 1.00 25.0% 75.0%"
has "$out" "Jain hold"
has_not "$out" "shared%"
is "groups of a run" "$(jq -c '.runs[0].groups | [length, .[1].nice, .[0].hold_ns]' "$work/groups.json")" '[2,5,10000]'
is "groups of a row" "$(jq -c '.summary[0].groups[1] | [.threads, .hold_ns, .ops_share.median]' "$work/groups.json")" \
	'[1,1000,0.25]'
is "medians" "$(jq -c '.summary[0].groups[0].throughput | keys' "$work/groups.json")" '["max","median","min"]'
cp "$out" "$work/table"
tok show -i "$work/groups.json"
cmp -s "$out" "$work/table" || problem "the saved table differs: $(cat "$out")"
result "groups: plain numbers for the module, a table, JSON"

tok show groups.2.ops_share
is "groups.2.ops_share" "$(cat "$out")" 0.2500
tok show groups
is "lines of groups" "$(wc -l <"$out")" 3
tok show groups.5.ops
is_rc 2
tok show groups.3.ops
is_rc 1
tok show phases
is_rc 1
tok show
has "$out" "Groups of threads"
tok run -l mutex "${quick[@]}" --groups nice=1/nice=2 -f csv-long
has "$out" ",groups.2.nice,2"
has "$out" ",params.groups,"
result "groups: fields of the last result, and lines of CSV"

fresh
tok run -l mutex "${quick[@]}" --groups nice=1/nice=2,threads=3/threads=1
is_rc 0
is "column" "$(below "Groups of threads" | awk '$2 == "mutex" { print $1, $3 }' | paste -sd,)" \
	"nice=1/nice=2 1,nice=1/nice=2 2,threads=3/threads=1 1,threads=3/threads=1 2"
tok run -l mutex "${quick[@]}"
has_not "$out" "Groups of threads"
has_not "$out" "Jain hold"
result "groups are an axis like any other"

bad() { # OPTION VALUE TEXT
	tok run -l mutex "${quick[@]}" "$1" "$2"
	is_rc 2
	has "$err" "$1: $3"
}
bad --groups hold_ns=1us "'hold_ns=1us' has 1 groups; allowed: 2 to 4, separated by '/'"
bad --groups hold_ns=1us/hold_ns=1x "'hold_ns=1x' in group 2: '1x' has an unknown suffix"
bad --groups "nice=1/nice=2," "empty value"
bad --groups "nice=1/nice=2,nice=01/nice=2" "'nice=01/nice=2' is given twice"
bad --phases 1/x/1 "'x' as part 2: 'x' is not a number"
bad --phases 1 "'1' has 1 parts; allowed: 2 to 16"
bad --hold-dist normal "'normal' is not allowed here; allowed: const, exp, bimodal"
bad --pick zip "'zip' is not allowed here; allowed: uniform, zipf, partition"
bad --shared-pct 101 "'101' is out of range; allowed: 0 to 100"
result "bad groups, parts and words name the piece and what is allowed"

# --- parts of the window

fresh
tok run -l mutex,token-poll "${quick[@]}" --threads-per-cpu 4 --phases 1/4/1,2/1 -f json -o "$work/parts.json"
is_rc 0
is "the tables" "$(below "Parts of the window" | tail -n +3 | awk '{ print $1, $2, /lock/ ? $3 : "", NF }')" \
	"phases lock 1 5
1/4/1 mutex  5
1/4/1 token-poll  5
phases lock 2 4
2/1 mutex  4
2/1 token-poll  4"
is "parts of a row" "$(jq -c '[.summary[0].phases[].threads_per_cpu]' "$work/parts.json")" '[1,4,1]'
is "parts of a run" "$(jq -c '[.runs[] | select(.params.phases == "2/1") | .phases | length] | unique' "$work/parts.json")" '[2]'
tok show
has "$out" "Parts of the window"
tok show phases.1.threads_per_cpu
grep -qxE '[12]' "$out" || problem "phases.1.threads_per_cpu is $(cat "$out")"
result "parts of the window: side by side, a table for each list of them"

# --- open loop, blocking, bystanders, restarts

fresh
tok run -l mutex,token-poll "${quick[@]}" --rate 1M -f json -o "$work/open.json"
is_rc 0
is "titles" "$(titles)" "lock ops/s resp p50 us resp p99 ms refused p99 us failed/op Jain effic. undone/op"
grep -qE '^mutex .* 7\.00 +8\.00 +25\.0% ' "$out" || problem "row: $(grep ^mutex "$out")"
is "refused" "$(jq -c '.summary[0].refused.median' "$work/open.json")" 0.25
tok run -l mutex "${quick[@]}" --rate 0,1k -n 2
is "titles" "$(titles)" \
	"rate lock ops/s min-max resp p50 us resp p99 ms refused p99 us max us failed/op Jain effic."
is "closed loop" "$(awk '/^$/ { exit } $1 == "0" { print $5, $6, $7 }' "$out")" "- - -"
is "open loop" "$(awk '/^$/ { exit } $1 == "1000" { print $5, $6, $7 }' "$out")" "7.00 9.00 25.0%"
result "open loop: response time and refusals, in place of what has no meaning there"

tok run -l token-poll,mutex,none "${quick[@]}" --block 1us --block-every 1 --bystanders 1 -f json -o "$work/b.json"
is_rc 0
is "titles" "$(titles)" \
	"lock ops/s p99 us max us failed/op Jain effic. undone/op stale byst. kept"
is "stale" "$(jq -c '[.summary[].stale_per_block.median]' "$work/b.json")" '[0.1,null,null]'
grep -qE '^token-poll .* 0\.40 +0\.10 +75\.0%$' "$out" || problem "row: $(grep ^token-poll "$out")"
grep -qE '^mutex .* - +- +75\.0%$' "$out" || problem "row: $(grep ^mutex "$out")"
[ "$(wc -L <"$out")" -le 100 ] || problem "the table is $(wc -L <"$out") columns wide"
result "blocking shows stale sections, bystanders what they keep"

fresh
tok run -l token-poll,ww-die,mutex "${quick[@]}" --ledger
is_rc 0
is "the ledger" "$(below "Ledger of waste" | tail -n +2 | cut -d' ' -f-6)" "lock fail /pass head undone anew
token-poll 3.00k 15 200 400 -
ww-die 3.00k - - 250 120
mutex 3.00k - - - -"
result "the ledger has restarts of Linux locks in the columns of the tokens"

# --- help

tok run --help=all
tr -s ' \n' ' ' <"$out" >"$work/words"
for text in "--groups=GROUP/GROUP..." "--phases=N/N..." "--hold-dist=WORD" "--rate=N" "--groups hold=10us/hold=1us" \
	"settings: threads, hold, think, shared_pct, nice" "(const, exp, bimodal; default const)"; do
	has "$work/words" "$text"
done
is "width of the help" "$(($(wc -L <"$out") <= 80))" 1
result "--help has them, with an example"

plan
