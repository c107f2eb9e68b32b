#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Knobs of tokens: set where they exist, left alone where they do not. The fake
# module's token-ipi has ipi_max (4) and ticket_rounds, token-handoff spin and
# handoff_window_us (1000), all tokens collisions, maxtokens (32), pool_size.
# Output: TAP.
#
#   tests/cli/cli_knobs.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

# --- one lock

tok
echo 9 >"$mod/config/token/ipi_max"
tok run -l token-ipi "${quick[@]}" -f json
is_rc 0
is "knobs" "$(jq -c .runs[0].params.token "$out")" \
	'{"ipi_max":4,"ticket_rounds":0,"collisions":"off","maxtokens":32,"pool_size":0}'
is "axes" "$(jq -c .plan.axes "$out")" '{}'
result "by default the lock's own values stay, and nothing of an earlier user"

tok run -l token-ipi "${quick[@]}" --ipi-max 2 --collisions faithful --pool-size 4001 -f json
is_rc 0
is "knobs" "$(jq -c .runs[0].params.token "$out")" \
	'{"ipi_max":2,"ticket_rounds":0,"collisions":"faithful","maxtokens":32,"pool_size":4001}'
is "config" "$(cat "$mod/config/token/ipi_max")" 2
tok show params.token.pool_size
is "pool_size" "$(cat "$out")" 4001
tok show params.token
is "lines of the section" "$(wc -l <"$out")" 5
has "$out" $'params.token.collisions\tfaithful'
tok show
has "$out" "token.ipi_max          2"
tok show params.token.spin
is_rc 1
has "$err" "the last run, of token-ipi, has no 'params.token.spin'"
tok show params.token.nosuch
is_rc 2
result "a knob is written, echoed and shown"

tok run -l token-handoff "${quick[@]}" --handoff-window 2ms --spin 1k -f json
is_rc 0
is "knobs" "$(jq -c '.runs[0].params.token | [.handoff_window_us, .spin]' "$out")" '[2000,1000]'
result "knobs take units"

# --- sweeps

fresh
tok run -l token-ipi "${quick[@]}" --ipi-max 0,1,2 -n 2 -f json -o "$work/ipi.json"
is_rc 0
is "title line" "$(head -n 1 "$out" | tr -s ' ' | cut -d' ' -f1,2)" "token.ipi_max lock"
is "column" "$(awk '$2 == "token-ipi" { print $1 }' "$out" | paste -sd,)" 0,1,2
is "axes" "$(jq -c .plan.axes "$work/ipi.json")" '{"token.ipi_max":[0,1,2]}'
is "params of a row" "$(jq -c '.summary[1].params' "$work/ipi.json")" '{"token":{"ipi_max":1}}'
is "runs" "$(jq -c '[.runs[].params.token.ipi_max] | sort' "$work/ipi.json")" '[0,0,1,1,2,2]'
cp "$out" "$work/table"
tok show -i "$work/ipi.json"
cmp -s "$out" "$work/table" || problem "the saved table differs: $(cat "$out")"
result "several values are an axis, in the table and in JSON"

fresh
tok run -l mutex,token-poll,token-ipi "${quick[@]}" --ipi-max 0,1 -f json -o "$work/ref.json"
is_rc 0
is "rows" "$(awk '$2 ~ /^(mutex|token-)/ { print $1, $2 }' "$out" | paste -sd,)" \
	"- mutex,- token-poll,0 token-ipi,- mutex,- token-poll,1 token-ipi"
is "runs of a lock" "$(jq -c '[.runs[] | select(.lock == "mutex") | .cell] | sort' "$work/ref.json")" '[0,1]'
is "params of mutex" "$(jq -c '[.summary[] | select(.lock == "mutex") | .params] | unique' \
	"$work/ref.json")" '[{}]'
is "knobs of mutex" "$(jq -c '[.runs[] | select(.lock == "mutex") | .params.token] | unique' \
	"$work/ref.json")" '[null]'
is "knobs of token-poll" "$(jq -c '[.runs[] | select(.lock == "token-poll") | .params.token] | unique' \
	"$work/ref.json")" '[{"collisions":"off","maxtokens":32,"pool_size":0}]'
result "locks without the knob run unchanged in each cell: -"

tok run -l token-poll,token-ipi "${quick[@]}" --maxtokens 32,64 --ipi-max 1 -f json
is_rc 0
is "both have maxtokens" "$(jq -c '[.summary[] | [.lock, .params.token.maxtokens]]' "$out")" \
	'[["token-poll",32],["token-ipi",32],["token-poll",64],["token-ipi",64]]'
is "one value" "$(jq -c '[.runs[].params.token.ipi_max] | unique' "$out")" '[null,1]'
environment+=(FAKE_INVALID=mutex)
tok run -l mutex,token-ipi "${quick[@]}" --ipi-max 0,1
is_rc 1
has "$out" "INVALID mutex token.ipi_max=- (run "
unset 'environment[-1]'
result "one knob that all have, another that one has; reasons name what varies"

fresh
tok run -l mutex,token-ipi "${quick[@]}" --ipi-max 0,1 -f csv-long
is_rc 0
is "header" "$(head -n 1 "$out")" "cell,repeat,run,lock,verdict,token.ipi_max,key,value"
is "column" "$(tail -n +2 "$out" | awk -F, '{ print $4, $6 }' | sort -u | paste -sd,)" \
	"mutex ,token-ipi 0,token-ipi 1"
is "lines" "$(grep -c ',params.token.ipi_max,[01]$' "$out")" 2
tok run -l mutex "${quick[@]}" -f csv-long
has_not "$out" "params.token"
result "CSV: a column for a knob that varies, empty where a lock does not have it"

tok run -l mutex,token-ipi "${quick[@]}" --ipi-max 0,1 -n 2
is "lines in a log" "$(cut -d' ' -f2- "$err" | sort -u | paste -sd,)" \
	"token.ipi_max=0 rep 1/2,token.ipi_max=0 rep 2/2,token.ipi_max=1 rep 1/2,token.ipi_max=1 rep 2/2"
result "progress names the cell by its knobs"

# --- what is refused

fresh
tok
cp "$mod/config/token/ipi_max" "$work/before"
refused() { # WORDS... -- TEXT...
	local words=()

	while [ "$1" != -- ]; do
		words+=("$1")
		shift
	done
	shift
	tok run "${quick[@]}" "${words[@]}"
	is_rc 2
	while [ $# -gt 0 ]; do
		has "$err" "$1"
		shift
	done
	has "$mod/state" "idle 0"
	cmp -s "$mod/config/token/ipi_max" "$work/before" || problem "something was written"
}
refused -l mutex,token-poll --ipi-max 4 -- \
	"--ipi-max: no lock asked for (mutex, token-poll) has such a mechanism" "locks that have it: token-ipi"
refused -l token-ipi --spin 1,2 -- "--spin" "(token-ipi)" "locks that have it: token-handoff"
refused -l mutex --maxtokens 4 -- "locks that have it: token-poll,token-ipi,token-handoff"
refused -l token-ipi --window-shift 4 -- "no lock of the loaded module has it"
refused -l mutex,token-poll --ipi-max 4 --dry-run -- "locks that have it: token-ipi"
result "a knob that no lock asked for has: exit 2, who has it, nothing started or written"

refused -l token-ipi --ipi-max 4x -- "--ipi-max: '4x'" "0 to 1000000"
refused -l token-ipi --ipi-max -1 -- "--ipi-max: '-1'"
refused -l token-ipi --ipi-max - -- "--ipi-max: '-' is not a number"
refused -l token-ipi --ipi-max "" -- "--ipi-max: empty value"
refused -l token-ipi --ipi-max 4,4 -- "'4' is given twice"
refused -l token-poll --maxtokens 0 -- "'0' is out of range; allowed: 1 to 1024"
refused -l token-poll --maxtokens 1025 -- "'1025' is out of range"
refused -l token-poll --collisions on -- "--collisions: 'on' is not allowed here; allowed: off, faithful"
refused -l token-handoff --handoff-window 1500ns -- "not a whole number of us"
refused -l token-poll --token.pool_size 1 -- "unrecognized option"
result "bad values name the option, the input and what is allowed"

for echo in ipi_max=3 collisions=faithful; do
	environment+=("FAKE_ECHO=token.$echo")
	tok run -l token-ipi "${quick[@]}" --ipi-max 2 --collisions off
	is_rc 1
	has "$err" "was made with token.${echo%=*} '${echo#*=}', asked for was"
	has "$err" "another process configures the module"
	is "standard output" "$(cat "$out")" ""
	unset 'environment[-1]'
done
result "a run with another knob than asked for is refused"

fresh
tok
sed -i 's/; locks: .*//' "$mod/parameters"
tok run -l mutex "${quick[@]}"
is_rc 1
has "$err" "parameters: line "
has "$err" "does not say which locks have token/"
fresh
tok
sed -i '/^token/d' "$mod/parameters"
tok run -l mutex,token-ipi "${quick[@]}"
is_rc 0
tok run -l token-ipi "${quick[@]}" --ipi-max 1
is_rc 2
has "$err" "no lock of the loaded module has it"
result "a damaged list of knobs, and a module without knobs"

# --- lists

fresh
tok run -l mutex,token-ipi "${quick[@]}" --ipi-max 0,1 --collisions faithful --dry-run
is_rc 0
has "$out" "collisions=faithful"
has "$out" "2 cells x 2 locks x 1 repeats = 4 runs"
is "axes" "$(head -n 2 "$out" | paste -sd';')" "lock: mutex, token-ipi;ipi-max: 0, 1"
has "$mod/state" "idle 0"
mv "$root" "$work/elsewhere"
tok run -l mutex "${quick[@]}" --ipi-max 0,1 --dry-run
is_rc 0
has "$err" "not checked"
has "$out" "2 runs"
mv "$work/elsewhere" "$root"
result "--dry-run shows who gets a knob, and needs no module"

tok list params
is_rc 0
has "$out" "token/ipi_max"
has "$out" "; locks: token-ipi"
tok list params -f json
is "row in JSON" "$(jq -c '.params[] | select(.name == "token/collisions") | [.default, .allowed]' "$out")" \
	'["-",["off","faithful"]]'
tok run --help=all
tr -s ' \n' ' ' <"$out" >"$work/words"
has "$work/words" "--handoff-window=TIME"
has "$work/words" "default: the lock's own"
has "$work/words" "--collisions=WORD"
has "$work/words" "(0 to 10000000 us)"
result "list params and --help have the knobs"

plan
