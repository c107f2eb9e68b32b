#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Runs: tables, JSON, CSV, files, progress. Output: TAP.
#
#   tests/cli/cli_run.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

# --- run

tok run -l token-poll,mutex "${quick[@]}" --title "a title"
is_rc 0
is "first line" "$(head -n 1 "$out")" "a title"
has "$out" "ops/s"
has_not "$out" "min-max"
has_not "$out" "verdict"
has_not "$out" "~"
is "rows" "$(grep -cE '^(token-poll|mutex) ' "$out")" 2
is "first row" "$(sed -n 3p "$out" | cut -d' ' -f1)" token-poll
has "$err" "[1/2] one cell"
result "a table with one row per lock, in the order asked for"

[ "$(wc -L <"$out")" -le 100 ] || problem "the table is $(wc -L <"$out") columns wide"
environment+=(COLUMNS=40)
tok run -l token-poll,mutex "${quick[@]}"
[ "$(wc -L <"$out")" -le 40 ] || problem "the table is $(wc -L <"$out") columns wide"
has "$out" "no room for: "
environment[-1]=COLUMNS=nonsense
tok run -l token-poll,mutex "${quick[@]}"
has_not "$out" "no room for: "
unset 'environment[-1]'
result "the table fits 100 columns, or as many as there are"

fresh
tok run -l token-poll,mutex "${quick[@]}" --threads-per-cpu 1,4 --cpus 0,1 --cpus 0-2 -n 3 -f json
is_rc 0
jq -e . "$out" >/dev/null || problem "not JSON"
is "schema" "$(jq .schema "$out")" 1
is "runs" "$(jq '.runs | length' "$out")" 24
is "rows" "$(jq '.summary | length' "$out")" 8
is "axes" "$(jq -c '.plan.axes' "$out")" '{"cpus":["0,1","0-2"],"threads_per_cpu":[1,4]}'
is "runs of a row" "$(jq -c '[.summary[].runs] | unique' "$out")" '[3]'
is "params of row 5" "$(jq -c '.summary[4].params' "$out")" '{"cpus":"0-2","threads_per_cpu":1}'
is "kinds of runs" "$(jq '[.runs[] | [.cell, .lock, .repeat]] | unique | length' "$out")" 24
is "run numbers" "$(jq -c '[.runs[].run] == [range(1; 25)]' "$out")" true
is "types" "$(jq -c '[.runs[0] | .params.hold_ns, .params.cpus, .certificate.overlap,
	.totals.ops, .reasons, .certificate.kernel]' "$out")" '[2000,"0-1",0.9987,1000,[],"6.1"]'
is "buckets" "$(jq -c '.runs[0].latency.acquire_ns.buckets' "$out")" \
	'[[1000,1032,99],[5000,5120,1]]'
is "threads" "$(jq -c '.runs[0].threads[1]' "$out")" '{"thread":1,"cpu":1,"role":"worker","ops":500}'
is "merged count" "$(jq -c '.summary[0].latency.acquire_ns.count' "$out")" 300
is "environment" "$(jq -c '.environment | has("kernel"), has("date"), has("hostname"), .module' \
	"$out" | tr '\n' ' ')" 'true true false "9.8.7" '
result "a matrix in JSON"

is "largest 64-bit value" "$(grep -c '"scan_ns": 18446744073709551615' "$out")" 12
is "counter of token-poll only" "$(jq -c '[.runs[] | select(.totals.scan_ns) | .lock] | unique' \
	"$out")" '["token-poll"]'
result "64 bits survive, and absent counters stay absent"

# --- words for several locks, and the ledger

fresh
tok run -l mutex,tokens,token-poll "${quick[@]}" -n 3 --ledger
is_rc 0
awk '/^Ledger of waste/ { on = 1 } on' "$out" >"$work/ledger"
is "unit" "$(head -n 1 "$work/ledger")" "Ledger of waste, in events per 1000 operations; \
/pass: failed tries per contended scheduler pass"
is "the ledger" "$(tail -n +2 "$work/ledger" | tr -s ' ')" \
	"lock fail /pass head undone lost polls IPIs wakes futile spins sorts grant switch
mutex 3.00k - - - - - - - - - - - -
token-poll 3.00k 15 200 400 40 12.3k 0 0 0 0 0 0 0
token-ipi 3.00k - 0 0 0 0 70 0 5 0 0 0 30
token-handoff 3.00k - 0 0 0 0 0 9 4 66.4k 1 2 0"
is "blank lines" "$(grep -c '^$' "$out")" 1
tok run -l mutex,token-ipi "${quick[@]}" --ledger
is "columns" "$(awk '/^Ledger/ { getline; print }' "$out" | tr -s ' ')" \
	"lock fail IPIs futile switch"
has_not "$out" "/pass"
tok run -l mute "${quick[@]}" --ledger
is "last line" "$(tail -n 1 "$out")" "Ledger of waste, in events per 1000 operations: nothing was counted"
tok run -l mutex,tokens "${quick[@]}"
has_not "$out" "Ledger"
result "--ledger: a second table, without columns in which nothing happened"

environment+=(FAKE_TIMES=meaningless)
tok run -l tokens,broken "${quick[@]}" --threads-per-cpu 1,2 --ledger
is_rc 1
is "warnings" "$(grep -c 'Times mean nothing' "$out")" 2
awk '/^Ledger/ { on = 1 } /^Times/ { on = 0 } on' "$out" >"$work/ledger"
has_not "$work/ledger" "~"
is "titles" "$(sed -n 2p "$work/ledger" | awk '{ print $1, $2, $NF }')" "threads_per_cpu lock verdict"
is "rows" "$(grep -cE '^ +[12] +(token-|broken .* FAILED)' "$work/ledger")" 8
unset 'environment[-1]'
result "the ledger: axes and verdict as above it, nothing marked under emulation"

fresh
tok run -l tokens,mutex "${quick[@]}" --ledger -f json -o "$work/ledger.json"
is_rc 0
cp "$out" "$work/table"
has "$work/table" "Ledger"
is "summary" "$(jq -c '.summary[0] | [.lock, .failed_per_pass.median, .per_op.idle_polls.max, .per_op.futile.min]' \
	"$work/ledger.json")" '["token-poll",15,12.345,0]'
is "summary of mutex" "$(jq -c '.summary[3] | [.lock, .per_op, .failed_per_pass]' "$work/ledger.json")" \
	'["mutex",null,null]'
tok show -i "$work/ledger.json" --ledger
is_rc 0
cmp -s "$out" "$work/table" || problem "the saved ledger differs: $(cat "$out")"
tok show -i "$work/ledger.json"
has_not "$out" "Ledger"
tok run -l tokens "${quick[@]}" --ledger -q -o "$work/ledger.txt"
is_rc 0
has "$work/ledger.txt" "Ledger"
tok show --ledger
is_rc 0
has "$out" "Ledger"
tok run -l tokens "${quick[@]}" --ledger -f csv
has_not "$out" "Ledger"
has "$out" ",totals.idle_polls,"
result "the ledger of a saved and of the last result, and in a file; CSV has the counters"

# Every run writes every parameter: the fake module starts with rubbish in all.
fresh
tok
is "config/seed" "$(cat "$mod/config/seed")" leftover
echo 777 >"$mod/config/seed"
tok run -l mutex "${quick[@]}" -f json
is_rc 0
is "seed" "$(jq .runs[0].params.seed "$out")" 1
is "config/seed" "$(cat "$mod/config/seed")" 1
result "nothing of an earlier user's configuration is left"

tok run -l token-poll,mute,broken "${quick[@]}" --threads-per-cpu 1,2 -f csv-long
is_rc 1
is "header" "$(head -n 1 "$out")" "cell,repeat,run,lock,verdict,threads_per_cpu,key,value"
for key in params.seed totals.ops latency.acquire_ns.p999 certificate.times threads.2.ops; do
	is "lines of $key" "$(grep -cF ",$key," "$out")" 6
done
is "lines of totals.scan_ns" "$(grep -cF ,totals.scan_ns,18446744073709551615 "$out")" 2
has "$out" 'broken,FAILED,1,reasons.1,"17 exclusion violations, ""none"" allowed"'
has_not "$out" buckets
is "fields" "$(grep -v '"' "$out" | awk -F, '{ print NF }' | sort -u)" 8
is "runs" "$(tail -n +2 "$out" | cut -d, -f1-6 | sort -u | wc -l)" 6
result "long CSV: a header, a line per run and key, quoted"

fresh
tok run -l token-poll,mute,broken "${quick[@]}" --threads-per-cpu 1,2 -o "$work/wide.csv" -q
is_rc 1
is "header" "$(head -n 1 "$work/wide.csv" | cut -d, -f1-7)" "cell,repeat,run,lock,verdict,threads_per_cpu,flags.1"
is "lines" "$(wc -l <"$work/wide.csv")" 7
has_not "$work/wide.csv" "threads.1"
python3 - "$work/wide.csv" <<'END' >"$work/rows" || problem "not CSV"
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1])))
print(len(rows), len({len(r) for r in rows}), sum(r["totals.ops"] == "1000" for r in rows),
      sum(r["totals.scan_ns"] == "" for r in rows), [r["reasons.1"] for r in rows if r["lock"] == "broken"][0])
END
is "rows" "$(cat "$work/rows")" '6 1 1 4 17 exclusion violations, "none" allowed'
result "CSV: a line per run and a column per key, by the name of the file"

for name in x.json x.csv x.md x.txt x; do
	tok run -l mutex "${quick[@]}" -q -o "$work/$name"
	is_rc 0
	head -n 2 "$work/$name" | head -c 60 | tr '\n' '~' >>"$work/beginnings"
	echo >>"$work/beginnings"
done
is "beginnings" "$(cut -c 1-12 "$work/beginnings" | paste -sd' ')" "{~  \"schema\" cell,repeat, ~| lock | op lock   ops/s lock   ops/s"
result "the name of a file says its format"

tok run -l mutex,token-poll "${quick[@]}" --columns jain,ops --sort -ops --tag machine=desk --tag "why=a = b" -f json -o "$work/tag.json"
is_rc 0
is "tags" "$(head -n 1 "$out")" "tags: machine=desk, why=a = b"
is "titles" "$(sed -n 2p "$out" | tr -s ' ')" "lock Jain ops/s"
is "rows" "$(sed -n '3,4p' "$out" | awk '{ print $3 }' | sort -rh | paste -sd' ')" "$(sed -n '3,4p' "$out" | awk '{ print $3 }' | paste -sd' ')"
is "tags" "$(jq -c .environment.tags "$work/tag.json")" '{"machine":"desk","why":"a = b"}'
tok show -i "$work/tag.json" --columns all
has "$out" "tags: machine=desk"
has "$out" "p99.9"
tok show -i "$work/tag.json" --sort lock --columns p50
is "rows" "$(sed -n '3,4p' "$out" | cut -d' ' -f1 | paste -sd' ')" "mutex token-poll"
result "tags, columns and the order of rows"

tok show -i "$work/tag.json" environment.tags.machine
is "a field of the file" "$(cat "$out")" desk
tok show -i "$work/tag.json" summary.1.lock
is "a field of a row" "$(cat "$out")" mutex
tok show -i "$work/tag.json" totals.ops
is "a field of the runs" "$(cat "$out")" "$(jq '.runs[].totals.ops' "$work/tag.json")"
tok show -i "$work/tag.json" params
is "a section of the runs" "$(grep -c '^params.hold_ns' "$out")" 2
tok show -i "$work/tag.json" nosuch.field
is_rc 2
has "$err" "'nosuch.field' is not in this file"
jq "del(.runs[].totals.idle_polls)" "$work/tag.json" >"$work/few.json"
tok show -i "$work/few.json" totals.idle_polls
is_rc 1
tok show -i "$work/tag.json" totals.ops -f json
is_rc 2
has "$err" "FIELD does not go with"
result "show -i FILE FIELD"

tok run -l mutex --hold 2us --think 0 --duration 10ms --warmup 0 -f json
is "repeats by default" "$(jq -c '[.plan.repeats, (.runs | length), (.sentinels | length)]' "$out")" '[6,6,6]'
tok run -l mutex --hold 2us --think 0 --dry-run
has "$out" "warmup=50 ms duration=100 ms"
has "$out" "1 cells x 1 locks x 6 repeats + 6 of the sentinel = 12 runs, at least 1.8 s"
tok run -l mutex --hold 2us --think 0 -n 6 --dry-run
has "$out" "warmup=200 ms duration=1 s"
tok run -l mutex --hold 2us --think 0 --duration 1s --dry-run
has "$out" "warmup=50 ms duration=1 s"
result "six repeats in short windows, unless -n says otherwise"

fresh
tok run -l mutex,token-poll "${quick[@]}" --threads-per-cpu 1,2 -n 2 --cpus 0-1 -q -o "$work/one.json"
tok run --like "$work/one.json" -q -o "$work/again.json"
is_rc 0
same='[.plan.locks, .plan.axes, .plan.constants, .plan.repeats, (.runs | length)]'
is "the same" "$(jq -c "$same" "$work/again.json")" "$(jq -c "$same" "$work/one.json")"
tok run --like "$work/one.json" -l spinlock --think 1us -n 3 -q -o "$work/again.json"
is "what is given is other" "$(jq -c '[.plan.locks, .plan.constants.think_ns, .plan.repeats, .plan.axes]' "$work/again.json")" \
	'[["spinlock"],1000,3,{"threads_per_cpu":[1,2]}]'
tok run --like "$work/one.json" -q -n auto --max-rounds 7 -o "$work/auto.json"
tok run --like "$work/auto.json" --max-rounds 6 --dry-run
has "$out" "6 to 6 rounds"
tok run --like "$work/nosuch"
is_rc 2
has "$err" nosuch
jq 'del(.plan)' "$work/one.json" >"$work/noplan.json"
tok run --like "$work/noplan.json"
is_rc 2
has "$err" "noplan.json' has no plan that could be repeated"
jq '.plan.constants.hold_ns = "x"' "$work/one.json" >"$work/odd.json"
tok run --like "$work/odd.json"
is_rc 2
has "$err" "odd.json': --hold: 'x' is not a number"
result "--like repeats a saved run, but for what is given"

tok run -l mutex "${quick[@]}" --dry-run -o "$work/no/such/x.json"
is_rc 2
has "$err" "no/such/x.json"
tok run -l mutex "${quick[@]}" --dry-run -o "$work/dry.json"
is_rc 0
[ ! -e "$work/dry.json" ] || problem "--dry-run made the file"
result "--dry-run refuses a file that run would refuse, and makes none"

tok run -n 1 -l mutex,token-poll --hold 2us --think 0 --warmup 0 --duration 1500ms --status 1s
is_rc 0
grep -qE '^(\[#*\.*\] )?[12]/2 (mutex|token-poll)  ?[01]\.[0-9]/1\.5 s  eta ' "$err" || problem "status: $(cat "$err")"
has_not "$err" $'\r'
result "--status prints lines"

fresh
environment+=(FAKE_INVALID=mutex)
tok run -l token-poll,mutex,broken "${quick[@]}" --threads-per-cpu 2
is_rc 1
has "$out" "verdict"
grep -qE '^mutex .*INVALID$' "$out" || problem "row of mutex: $(grep ^mutex "$out")"
grep -qE '^broken .*FAILED$' "$out" || problem "row of broken: $(grep ^broken "$out")"
has "$out" "overlap 0.812 is below 0.95"
has "$out" "3 lost updates"
unset 'environment[-1]'
tok run -l token-poll "${quick[@]}"
is_rc 0
result "invalid and failed runs are marked, with reasons: exit 1"

fresh
environment+=(FAKE_INVALID_RUN=2)
tok run -l mutex "${quick[@]}" -n 3
is_rc 1
has "$out" "INVALID 1/3"
has "$out" "repeat 2 (run 2): overlap"
# Runs 1 and 3 do 1000 and 3000 operations in 10 ms.
has "$out" "100-300k"
unset 'environment[-1]'
result "a bad repeat is left out of the numbers, and the row says so"

environment+=(FAKE_TIMES=meaningless)
tok run -l mutex "${quick[@]}"
is_rc 0
is "warnings" "$(grep -c 'Times mean nothing' "$out")" 2
is "line 1" "$(head -n 1 "$out" | grep -c 'Times mean nothing')" 1
has "$out" "~ops/s"
has "$out" "~p99 us"
has_not "$out" "~Jain"
tok show
is "warnings of show" "$(grep -c 'Times mean nothing' "$out")" 2
unset 'environment[-1]'
result "times under emulation: a line above and below, and marked columns"

tok run -l mutex "${quick[@]}" --measure throughput -n 2 -f json
is_rc 0
is "latency" "$(jq -c '.summary[0].latency' "$out")" '{}'
tok run -l mutex "${quick[@]}" --measure throughput
has "$out" " - "
result "measure=throughput has no latency"

fresh
tok run -l all "${quick[@]}" -f json
is_rc 0
is "locks" "$(jq -c '[.summary[].lock]' "$out")" \
	'["none","token-poll","token-ipi","token-handoff","mutex","ww-die","percpu-rwsem","spinlock","mute"]'
result "-l all is every lock but those that must fail"

tok run -l mutex,tokens,token-ipi "${quick[@]}" -f json
is_rc 0
is "locks" "$(jq -c '[.summary[].lock]' "$out")" '["mutex","token-poll","token-ipi","token-handoff"]'
is "locks of the plan" "$(jq -c '.plan.locks' "$out")" '["mutex","token-poll","token-ipi","token-handoff"]'
sed -i 's/^spinlock\t/tokens\t/' "$mod/variants"
tok run -l tokens "${quick[@]}" --dry-run
has "$out" "lock: tokens"
has_not "$out" "token-"
fresh
result "-l tokens is every generation of tokens, once"

fresh
tok run -l mutex,token-poll "${quick[@]}" --threads-per-cpu 1,4 -n 2 --dry-run
is_rc 0
has "$out" "2 cells x 2 locks x 2 repeats = 8 runs, at least 0.1 s"
has "$out" "constant: "
is "axes" "$(head -n 2 "$out" | paste -sd';')" "lock: mutex, token-poll;threads-per-cpu: 1, 4"
has "$mod/state" "idle 0"
mv "$root" "$work/elsewhere"
tok run -l anything "${quick[@]}" --dry-run
is_rc 0
has "$err" "not checked"
has "$out" "1 runs"
mv "$work/elsewhere" "$root"
result "--dry-run prints the matrix and starts nothing, even without a module"

for seed in 1 1 2; do
	tok run -l none,mutex,mute,spinlock "${quick[@]}" -n 9 --no-sentinel -q -f json --seed "$seed"
	jq -r '.runs[].lock' "$out" >>"$work/order"
done
is "lines" "$(wc -l <"$work/order")" 108
is "same seed" "$(sed -n 1,36p "$work/order" | cksum)" "$(sed -n 37,72p "$work/order" | cksum)"
[ "$(sed -n 1,36p "$work/order" | cksum)" != "$(sed -n 73,108p "$work/order" | cksum)" ] ||
	problem "another seed gives the same order"
result "the order of the runs follows from the seed"

# --- where the result goes

tok run -l mutex "${quick[@]}" -f json -o "$work/saved.json" --title "saved title"
is_rc 0
is "title" "$(jq -r .title "$work/saved.json")" "saved title"
has "$out" "ops/s"
is "mode" "$(stat -c %a "$work/saved.json")" "$(printf %o $((0666 & ~$(umask))))"
is "files" "$(find "$work" -name 'saved.json*' | wc -l)" 1
tok run -l mutex "${quick[@]}" -f csv -o "$work/saved.csv" -q
is_rc 0
is "standard output" "$(cat "$out" "$err")" ""
is "runs" "$(cut -d, -f3 "$work/saved.csv" | sort -u | wc -l)" 2
tok run -l mutex "${quick[@]}" -o - -f csv
is "runs on standard output" "$(cut -d, -f3 "$out" | sort -u | wc -l)" 2
result "-o writes the file and shows the table; -q does not"

runs=$(cut -d' ' -f2 "$mod/state")
usage_rc() {
	tok run -l mutex "${quick[@]}" -o "$1"
	is_rc 2
	has "$err" "$1"
}
usage_rc "$work/no/such/folder/x.json"
usage_rc "$work"
is "runs" "$(cut -d' ' -f2 "$mod/state")" "$runs"
result "a file that cannot be written is refused before the first run"

tok run -l mutex "${quick[@]}" --threads-per-cpu 1,2 -f json -o "$work/two.json"
cp "$out" "$work/table"
mv "$root" "$work/elsewhere"
tok show --input "$work/two.json"
is_rc 0
cmp -s "$out" "$work/table" || problem "the table is not the one that run printed: $(cat "$out")"
tok show --input "$work/two.json" -f csv
is "runs" "$(cut -d, -f3 "$out" | sort -u | wc -l)" 3
tok show --input "$work/two.json" -f json
jq -e . "$out" >/dev/null || problem "not JSON"
tok show --input "$work/two.json" --title "other title"
is "title" "$(head -n 1 "$out")" "other title"
tok show --input "$work/nosuch"
is_rc 2
has "$err" "nosuch"
tok show --input "$work/table"
is_rc 2
has "$err" "JSON"
mv "$work/elsewhere" "$root"
result "show --input prints a saved result, without a module"

rc=0
env "${environment[@]}" "$tokctl" list >/dev/full 2>"$err" || rc=$?
is_rc 1
has "$err" "standard output"
result "a full disk is not success"

# --- progress

fresh
environment+=(TOKBENCH_TTY=1)
tok run -l token-poll,mutex "${quick[@]}" --threads-per-cpu 1,4 -n 3
is_rc 0
tr '\r' '\n' <"$err" >"$work/lines"
grep -qE '^\[#*\.*\] 12/12 (token-poll|mutex) threads_per_cpu=[14] rep 3/3  0\.0/0\.0 s  eta [0-9.]+ s' "$work/lines" ||
	problem "progress: $(head -c 400 "$work/lines")"
has_not "$out" "eta"
tok run -l mutex "${quick[@]}" -q
is "stderr with -q" "$(cat "$err")" ""
unset 'environment[-1]'
tok run -l token-poll,mutex "${quick[@]}" --threads-per-cpu 1,4 -n 2
is "lines in a log" "$(cat "$err")" "[1/8] threads_per_cpu=1 rep 1/2
[3/8] threads_per_cpu=4 rep 1/2
[5/8] threads_per_cpu=1 rep 2/2
[7/8] threads_per_cpu=4 rep 2/2"
tok run -l mutex "${quick[@]}" -q
is "stderr with -q" "$(cat "$err")" ""
result "progress: one line on a terminal, one per cell in a log, none with -q"

if command -v script >/dev/null; then
	colour() { # NO_COLOR
		script -qec "env ${environment[*]} NO_COLOR=$1 $tokctl run -l broken -q ${quick[*]}" \
			/dev/null >"$out" 2>"$err" </dev/null
	}
	colour ""
	has "$out" $'\033['
	colour 1
	has_not "$out" $'\033['
	has "$out" "FAILED"
	tok run -l broken "${quick[@]}"
	has_not "$out" $'\033['
	result "colour only on a terminal, and not with NO_COLOR"
else
	skip "colour only on a terminal, and not with NO_COLOR" "no script(1)"
fi

environment+=(TOKBENCH_LAB=sim)
tok run -l mutex --cpus 0-1 --hold 2us --think 0 --dry-run
has "$out" "warmup=1 ms"
has "$out" "duration=10 ms"
tok run -l mutex --cpus 0-1 --hold 2us --think 0 --duration 300ms --warmup 7ms --dry-run
has "$out" "warmup=7 ms"
has "$out" "duration=300 ms"
unset 'environment[-1]'
result "on a simulated machine the window is chosen by events, unless it is given"

plan
