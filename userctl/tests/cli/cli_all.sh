#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Words for several locks: what the module refuses is left out, by name and
# with the reason. The fake module's spinlock must not block, percpu-rwsem
# takes one lock at a time and is the only one with a shared mode. Output: TAP.
#
#   tests/cli/cli_all.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

blocking=(--block 1us --block-every 10)
no_block="spinlock: block_ns: the holder of spinlock must not block"
no_set="percpu-rwsem: set_size: 2; percpu-rwsem can have at most 1 locks at once"

tok run -l all "${quick[@]}" "${blocking[@]}" --locks 8 --set-size 2 --order random -f json -o "$work/all.json"
is_rc 0
is "first lines of stderr" "$(grep -v '^\[' "$err")" "tokctl: left out: $no_set
tokctl: left out: $no_block
tokctl: left out: mute: block_ns: the holder of mute must not block"
is "below the table" "$(tail -n 3 "$out")" "left out: $no_set
left out: $no_block
left out: mute: block_ns: the holder of mute must not block"
has_not "$out" "spinlock  "
is "in JSON" "$(jq -c '.left_out[1]' "$work/all.json")" \
	'{"lock":"spinlock","reason":"block_ns: the holder of spinlock must not block"}'
is "locks" "$(jq -c '[.summary[].lock]' "$work/all.json")" \
	'["none","token-poll","token-ipi","token-handoff","mutex","ww-die"]'
is "locks of the plan" "$(jq -c '[.plan.locks, .plan.runs]' "$work/all.json")" \
	'[["none","token-poll","token-ipi","token-handoff","mutex","ww-die"],6]'
has "$out" "sets in one order, as needed: mutex"
cp "$out" "$work/table"
tok show -i "$work/all.json"
cmp -s "$out" "$work/table" || problem "the saved table differs: $(cat "$out")"
result "what cannot be run is left out: named on stderr, below the table and in JSON"

fresh
tok run -l all "${quick[@]}" --locks 8 --set-size 1,2 --threads-per-cpu 1,2 -f json
is_rc 0
is "left out" "$(jq -c '[.left_out[] | [.lock, .params]]' "$out")" '[["percpu-rwsem",{"set_size":2}]]'
has "$err" "tokctl: left out: percpu-rwsem with set_size=2: set_size: 2; percpu-rwsem can have"
is "cells of percpu-rwsem" "$(jq -c '[.runs[] | select(.lock == "percpu-rwsem") | .params.set_size] | unique' "$out")" '[1]'
is "its runs" "$(jq '[.runs[] | select(.lock == "percpu-rwsem")] | length' "$out")" 2
is "all runs" "$(jq -c '[(.runs | length), .plan.runs, .interrupted]' "$out")" '[34,34,false]'
is "lines in a log" "$(grep -c '^\[' "$err")" 4
result "a lock that is refused in some cells runs in the others"

tok run -l all,spinlock "${quick[@]}" "${blocking[@]}"
is_rc 2
is "stderr" "$(cat "$err")" "tokctl: refused by the module: $no_block"
is "standard output" "$(cat "$out")" ""
tok run -l spinlock,all "${quick[@]}" "${blocking[@]}"
is_rc 2
tok run -l tokens,percpu-rwsem "${quick[@]}" --locks 4 --set-size 1,2 --shared-pct 0
is_rc 2
has "$err" "refused by the module: percpu-rwsem with set_size=2: "
has_not "$err" "left out"
result "a lock that was named is an error, also beside a word that means it"

fresh
tok run -l tokens "${quick[@]}" --shared-pct 50
is_rc 2
is "lines" "$(grep -c 'left out: token-.* has no shared mode' "$err")" 3
has "$err" "no lock is left that could run"
has "$mod/state" "idle 0"
tok run -l all "${quick[@]}" --shared-pct 0,50 -f json -q
is_rc 0
is "runs" "$(jq -c '[.runs[] | select(.params.shared_pct == 50) | .lock]' "$out")" '["percpu-rwsem"]'
has "$err" "left out: mutex with shared_pct=50: "
tok run -l all "${quick[@]}" --hold 3us --locks 1,2 --set-size 2 --dry-run
is_rc 0
is "one line for one reason" "$(grep -c "left out: none, token-poll, .*mute with locks=1: set_size: 2 is more than the 1 locks" "$err")" 1
is "lines" "$(wc -l <"$err")" 2
result "nothing is left: exit 2; one is left: it runs"

tok run -l all "${quick[@]}" "${blocking[@]}" --ipi-max 0,1 -f json
is_rc 0
is "left out" "$(jq -c '[.left_out[] | [.lock, .params]]' "$out")" '[["spinlock",null],["mute",null]]'
result "a knob that a lock does not have is no reason"

fresh
tok run -l all "${quick[@]}" "${blocking[@]}" --threads-per-cpu 1,2 --dry-run
is_rc 0
has "$err" "left out: $no_block"
has "$out" "2 cells x 9 locks x 1 repeats - 4 left out = 14 runs"
is "rows of spinlock" "$(grep -c ' spinlock$' "$out")" 0
has "$mod/state" "idle 0"
tok run -l spinlock "${quick[@]}" "${blocking[@]}" --dry-run
is_rc 2
has "$err" "refused by the module: $no_block"
result "--dry-run says what would be left out or refused"

begin run -l mutex "${slow[@]}"
tok run -l all "${quick[@]}" "${blocking[@]}" --dry-run
is_rc 0
has "$err" "another tokctl is measuring"
has "$err" "so the module was not asked which of these runs it would refuse"
has "$out" "= 9 runs"
kill -KILL "$pid"
end
tok run -l mutex "${quick[@]}" --dry-run
is_rc 0
has "$err" "run 1 of mutex is on"
has "$err" "not asked"
tok stop
result "--dry-run beside another process's run shows the matrix and does not ask"

fresh
tok run -l all "${quick[@]}" --seed "$(seq -s, 1 30)" --set-size 1,2 --locks 4 --dry-run
is_rc 0
is "left out" "$(grep -c 'left out' "$err")" 1
has "$out" "60 cells x 9 locks x 1 repeats - 30 left out = 510 runs"
result "many cells, one reason: one line"

fresh
environment+=(FAKE_DIGEST=token-poll)
tok run -l mutex,token-poll "${quick[@]}" -f json -o "$work/odd.json"
is_rc 1
grep -qE '^FAILED: run [12], of (mutex|token-poll), had other operations than' "$out" || problem "$(cat "$out")"
unset 'environment[-1]'
tok run -l mutex,token-poll "${quick[@]}" --seed 1,2
is_rc 0
has_not "$out" "FAILED"
result "locks that had other operations are not compared: exit 1"

plan
