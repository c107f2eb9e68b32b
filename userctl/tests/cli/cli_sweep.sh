#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The matrix: plan, reference, partial files, rounds until it is precise. Output: TAP.
#
#   tests/cli/cli_sweep.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

plan_of() { # FILTER
	jq -c ".plan | $1" "$out"
}

# --- what the plan says

tok run -l mutex,token-poll "${quick[@]}" --threads-per-cpu 1,2 --ipi-max 3 -l token-ipi --seed 7 -f json
is_rc 0
is "reference" "$(plan_of .reference)" '"mutex"'
is "seed" "$(plan_of .seed)" 7
is "command" "$(plan_of .command)" "[\"-l\",\"mutex,token-poll\",\"-n\",\"1\",\"--hold\",\"2us\",\"--think\",\"0\",\
\"--warmup\",\"0\",\"--duration\",\"10ms\",\"--threads-per-cpu\",\"1,2\",\"--ipi-max\",\"3\",\
\"-l\",\"token-ipi\",\"--seed\",\"7\",\"-f\",\"json\"]"
is "some constants" "$(plan_of '.constants | [.hold_ns, .pick, .seed, ."token.ipi_max", .threads_per_cpu, .lock]')" \
	'[2000,"uniform",7,3,null,null]'
is "knobs in it" "$(plan_of '[.constants | keys[] | select(startswith("token."))]')" '["token.ipi_max"]'
is "every parameter but the lock" "$(plan_of '(.constants + .axes | length) - 1')" \
	"$(($(find "$mod/config" -maxdepth 1 -type f | wc -l) - 1))"
result "the plan: reference, seed, command line and constants"

# --- the reference

tok run -l mutex,tokens "${quick[@]}" --reference token-ipi -f json
is_rc 0
is "reference" "$(plan_of .reference)" '"token-ipi"'
for words in "mutex --reference ticket" "mutex --reference tokens" "mutex,tokens --reference spinlock" \
	"all --shared-pct 10 --reference mutex"; do
	# shellcheck disable=SC2086 # several words
	tok run "${quick[@]}" -l $words
	is_rc 2
	has "$err" "--reference: '${words##* }' is no lock of this run; allowed: "
	has "$mod/state" "done 10 "
done
has "$err" "percpu-rwsem"
has_not "$err" "allowed: mutex"
tok run -l all "${quick[@]}" --shared-pct 10 -f json
is_rc 0
is "reference" "$(plan_of .reference)" "$(plan_of '.locks[0]')"
result "--reference: a lock that runs, the first if there is none"

# --- a file that is there before the end

# first_round_is_saved FILE
first_round_is_saved() {
	jq -e '.runs | length == 2' "$1" >/dev/null
}

bare=(--hold 2us --think 0 --warmup 0)
matrix=(-l "mutex,token-poll" "${bare[@]}" --duration "10,3600s" -n 2 -f json)
begin run "${matrix[@]}" -o "$work/part.json"
until_true first_round_is_saved "$work/part.json"
kill -KILL "$pid"
end
is_rc 137
is "it" "$(jq -c '[.schema, .interrupted, (.runs | length), (.summary | length), .plan.runs]' "$work/part.json")" \
	'[1,true,2,2,8]'
tok show -i "$work/part.json"
is_rc 0
has "$out" "interrupted: 2 of 8 runs were made"
result "what is killed leaves the rounds that were through"

begin run "${matrix[@]}" -o "$work/ctrlc.json"
until_true first_round_is_saved "$work/ctrlc.json"
kill -INT "$pid"
end
is_rc 1
is "it" "$(jq -c '[.interrupted, (.runs | length), .runs[2].certificate.stopped]' "$work/ctrlc.json")" '[true,3,1]'
result "Ctrl-C leaves the run that was cut short as well"

# --- and going on with it

fresh
short=(-l "mutex,token-poll" "${quick[@]}" --threads-per-cpu "1,2" -n 2 -f json)
tok run "${short[@]}" -o "$work/whole.json" --title "a title"
is_rc 0
jq '.runs |= (.[0:5] | .[1].verdict = "INVALID" | .[2].verdict = "FAILED" | .[4].certificate.stopped = 1)
	| .interrupted = true' "$work/whole.json" >"$work/part.json"
cp "$work/part.json" "$work/resumed.json"
tok run "${short[@]}" --resume "$work/resumed.json"
is_rc 1 # for the one that failed
has "$err" "resumed.json: 3 runs kept; 2 INVALID or cut short, made again"
has "$out" "ops/s"
has "$mod/state" "done 13 "
is "kept" "$(jq -c '[.runs[0:3][].run]' "$work/resumed.json")" '[1,3,4]'
is "made" "$(jq -c '[.runs[3:][].run]' "$work/resumed.json")" '[9,10,11,12,13]'
is "kinds of runs" "$(jq '[.runs[] | [.cell, .lock, .repeat]] | unique | length' "$work/resumed.json")" 8
is "order" "$(jq -c '[.runs[3:][] | [.cell, .lock, .repeat]] | sort' "$work/resumed.json")" \
	"$(jq -c '[.runs[1, 4, 5, 6, 7] | [.cell, .lock, .repeat]] | sort' "$work/whole.json")"
is "rest" "$(jq -c '[.interrupted, .title, .plan.runs, .plan.resumed[0].runs, (.plan.resumed | length)]' \
	"$work/resumed.json")" '[false,"a title",8,3,1]'
tok run "${short[@]}" --resume "$work/whole.json" -q -o "$work/copy.json"
is_rc 0
has "$mod/state" "done 13 "
is "runs" "$(jq -c .runs "$work/copy.json" | cksum)" "$(jq -c .runs "$work/whole.json" | cksum)"
tok run "${short[@]}" --resume "$work/part.json" -o -
is "runs on standard output" "$(jq '.runs | length' "$out")" 8
is "the file" "$(jq '.runs | length' "$work/part.json")" 5
rc=0
(cd "$work" && env "${environment[@]}" "$tokctl" run "${short[@]}" --resume - -q) <"$work/part.json" >"$out" 2>"$err" || rc=$?
is_rc 1
is "runs on standard output" "$(jq '.runs | length' "$out")" 8
[ ! -e "$work/-" ] || problem "a file is named -"
result "--resume: what is finished is kept, the rest is made"

runs=$(cut -d' ' -f2 "$mod/state")
other() { # MESSAGE OPTION...
	local message=$1
	shift
	tok run "${short[@]}" --resume "$work/part.json" "$@"
	is_rc 2
	has "$err" "part.json: $message"
}
other "--bystanders: '0' in the file, but '1' now" --bystanders 1
other "--pool-size: '(the lock's own)' in the file, but '8' now" --pool-size 8
other "-n: '2' in the file, but '1' now" -n 1
other "-n: '2' in the file, but 'auto' now" -n auto
other "--seed: '1' in the file, but '2' now" --seed 2
few() { # MESSAGE OPTION...
	tok run "${quick[@]}" --resume "$work/part.json" -n 2 "${@:2}"
	is_rc 2
	has "$err" "part.json: $1"
}
few "--lock: 'mutex, token-poll' in the file, but 'mutex, none' now" -l mutex,none --threads-per-cpu 1,2
few "--threads-per-cpu: '1, 2' in the file, but '1, 4' now" -l mutex,token-poll --threads-per-cpu 1,4
is "runs" "$(cut -d' ' -f2 "$mod/state")" "$runs"
result "--resume: another plan is refused with the first difference"

before=$(jq -c '[.runs[] | [.id, .lock, .params.threads_per_cpu]] | sort' "$work/whole.json")
tok run -l none,token-poll,mutex "${quick[@]}" --threads-per-cpu 4,2,1 --locks 1,2 -n 3 --resume "$work/whole.json" -o "$work/more.json" -q
is_rc 0
is "runs" "$(jq -c '[(.runs | length), ([.runs[] | [.cell, .lock, .repeat]] | unique | length), .plan.repeats, .plan.resumed[0].runs]' \
	"$work/more.json")" '[54,54,3,8]'
is "the old ones" "$(jq -c --argjson b "$before" '[.runs[] | [.id, .lock, .params.threads_per_cpu] | select(. as $r | any($b[]; . == $r))] | sort' \
	"$work/more.json")" "$before"
is "their cells" "$(jq -c '[.runs[0:8][] | [.cell, .params.threads_per_cpu, .params.locks]] | unique' "$work/more.json")" '[[2,2,1],[4,1,1]]'
tok show -i "$work/more.json"
is_rc 0
tok run --like "$work/more.json" -n 4 --resume "$work/more.json" -q
is_rc 0
is "runs" "$(jq -c '[(.runs | length), .plan.repeats]' "$work/more.json")" '[72,4]'
result "--resume: more locks, values and repeats than in the file"

runs=$(cut -d' ' -f2 "$mod/state")
jq '.environment.kernel = "2.6.0"' "$work/part.json" >"$work/elsewhere.json"
tok run "${short[@]}" --resume "$work/elsewhere.json" -o "$work/new.json"
is_rc 2
has "$err" "elsewhere.json: environment.kernel is '2.6.0' in the file, but '$(uname -r)' now (--force"
is "runs" "$(cut -d' ' -f2 "$mod/state")" "$runs"
jq 'del(.environment)' "$work/part.json" >"$work/nowhere.json"
tok run "${short[@]}" --resume "$work/nowhere.json" -o "$work/new.json"
is_rc 2
has "$err" "'(nothing)' in the file"
tok run "${short[@]}" --resume "$work/elsewhere.json" --force -o "$work/new.json"
is_rc 1
has "$err" "2.6.0"
is "kept" "$(jq -c '[(.runs | length), .plan.resumed[0].environment.kernel]' "$work/new.json")" '[8,"2.6.0"]'
result "--resume: another machine, kernel or module needs --force"

damaged() { # FILTER MESSAGE
	jq "$1" "$work/part.json" >"$work/damaged.json"
	tok run "${short[@]}" --resume "$work/damaged.json"
	is_rc 2
	has "$err" "damaged.json: $2"
}
runs=$(cut -d' ' -f2 "$mod/state")
damaged 'del(.plan)' "has no plan"
damaged '.plan.constants = []' "damaged: plan.constants is '[ ]', not an object"
damaged '.plan.locks = 3' "damaged: plan.locks is '3', not an array"
damaged '.plan.axes = "x"' "damaged: plan.axes is 'x', not an object"
damaged '.runs[3].cell = 2' "damaged: run 4 of the file is none of this plan"
damaged '.runs[3].cell = 0.5' "damaged: runs.4.cell is '0.5', not a whole number"
damaged '.runs[3].repeat = 0' "damaged: runs.4.repeat is '0', not a number of this plan"
damaged '.runs[3].repeat = 1e300' "damaged: runs.4.repeat "
damaged '.runs[3].lock = "none"' "damaged: run 4 "
damaged '.runs[3] = 7' "damaged: runs.4 is '7', not a run"
damaged '.runs[3].params = null' "damaged: run 4 of the file has lock '(nothing)', but its cell '"
damaged '.runs[3].params.hold_ns = 3' "damaged: run 4 of the file has hold_ns '3', but its cell '2000'"
damaged '.runs[3] = .runs[0]' "damaged: run 4 of the file is there twice"
damaged '.schema = 2' "not a result"
head -c 300 "$work/part.json" >"$work/damaged.json"
tok run "${short[@]}" --resume "$work/damaged.json"
is_rc 2
has "$err" "damaged.json: cannot be read as JSON"
is "runs" "$(cut -d' ' -f2 "$mod/state")" "$runs"
result "--resume: a damaged file is an error, and stays as it is"

for words in "--resume $work/part.json -f csv" "--force" "--pretty -f json" "--pretty -f csv -o -" \
	"--precision 3" "--max-time 1s -n 3" "--max-rounds 9" "-n auto --max-rounds 2" "-n auto --precision 0" \
	"-n auto --precision 3%%" "-n auto --precision 1e1" "-n auto --max-time 1500ms" "-n automatic"; do
	# shellcheck disable=SC2086 # several words
	tok run -l mutex "${quick[@]}" $words
	is_rc 2
done
has "$err" "or: auto"
result "options that do not go together"

# --- rounds until it is precise

fresh
environment+=("FAKE_SPREAD=mutex=1 token-poll=2 none=1")
tok run -l mutex,token-poll,none "${quick[@]}" -n auto -f json -o "$work/auto.json"
is_rc 0
is "auto" "$(jq -c '.plan.auto | [.precision, .max_time_s, .max_rounds, .rounds, .ended_by]' "$work/auto.json")" \
	'[0.03,600,100,6,"precision"]'
is "runs" "$(jq -c '[.plan.runs, .plan.repeats, (.runs | length), .interrupted]' "$work/auto.json")" '[18,6,18,false]'
jq -e '.plan.auto.reached | . > 0 and . <= 0.03' "$work/auto.json" >/dev/null || problem "reached: $(cat "$work/auto.json")"
grep -qE '^ended after 6 rounds: every interval is precise; the widest is \+-[0-9.]+%, asked for was 3\.0%$' "$out" ||
	problem "$(cat "$out")"
result "-n auto: the fewest rounds if they are enough"

unset 'environment[-1]'
environment+=("FAKE_SPREAD=mutex=1 token-poll=30 none=1")
tok run -l mutex,token-poll,none "${quick[@]}" -n auto --precision 8.5% -f json -o "$work/auto.json"
is_rc 0
is "ended by" "$(jq -c .plan.auto.ended_by "$work/auto.json")" '"precision"'
jq -e '.summary[1].ratio | (.ci95[1] - .ci95[0]) / 2 / .value <= 0.085' "$work/auto.json" >/dev/null ||
	problem "not precise: $(jq -c '.summary[1].ratio' "$work/auto.json")"
is "of what is precise" "$(jq -c '[.summary[] | .lock, .runs]' "$work/auto.json")" \
	"$(jq -c '.plan.auto.rounds as $r | ["mutex", $r, "token-poll", $r, "none", 6]' "$work/auto.json")"
jq -e '.plan.auto.rounds > 6' "$work/auto.json" >/dev/null || problem "no further rounds"
result "-n auto: who is precise rests, but the reference runs on"

tok run -l token-poll "${quick[@]}" -n auto --precision 0.1 --max-rounds 7 -f json -o "$work/auto.json"
is_rc 0
is "ended after" "$(jq -c '.plan.auto | [.rounds, .ended_by]' "$work/auto.json")" '[7,"max_rounds"]'
has "$out" "ended after 7 rounds: --max-rounds; the widest is +-"
tok run -l token-poll "${bare[@]}" --duration 200ms -n auto --precision 0.1 --max-time 2s -f json
is_rc 0
is "ended by" "$(jq -c .plan.auto.ended_by "$out")" '"max_time"'
jq -e '.plan.auto.rounds | . >= 6 and . <= 10' "$out" >/dev/null || problem "rounds: $(jq .plan.auto "$out")"
result "-n auto ends at --max-rounds and before --max-time"

jq '.runs |= .[0:4]' "$work/auto.json" >"$work/part.json"
tok run -l token-poll "${quick[@]}" -n auto --precision 0.2 --max-rounds 8 --resume "$work/part.json"
is_rc 0
is "auto" "$(jq -c '[.plan.auto.rounds, [.runs[].repeat]]' "$work/part.json")" '[8,[1,2,3,4,5,6,7,8]]'
tok run -l token-poll "${quick[@]}" -n auto --precision 0.2 --max-rounds 9 --resume "$work/part.json"
is "auto" "$(jq -c '[.plan.auto.rounds, [.runs[].repeat]]' "$work/part.json")" '[9,[1,2,3,4,5,6,7,8,9]]'
result "-n auto can be resumed, and asked for more"

unset 'environment[-1]'
tok run -l mutex,broken "${quick[@]}" -n auto --max-rounds 8 -f json
is "runs of what always fails" "$(jq -c '.summary[1] | [.lock, .runs, .ok]' "$out")" '["broken",6,0]'
result "-n auto does not wait for what never has a good run"

environment+=(FAKE_INVALID=mutex)
tok run -l mutex "${quick[@]}" -n auto --max-rounds 9 -f json -o "$work/auto.json"
is_rc 1
is "auto" "$(jq -c '.plan.auto | [.rounds, .reached]' "$work/auto.json")" '[6,null]'
has "$out" "ended after 6 rounds: no lock has a good run, so there is no interval"
has_not "$out" "precise"
tok report "$work/auto.json"
has "$out" "as many as were needed (no lock has a good run)"
unset 'environment[-1]'
result "-n auto without any good run promises no width"

environment+=(FAKE_TIMES=meaningless "FAKE_SPREAD=mutex=20 token-poll=20")
tok run -l mutex,token-poll "${quick[@]}" -n auto --precision 0.1 --max-rounds 9 -f json -o "$work/auto.json"
is_rc 0
is "verdicts" "$(jq -c '[.summary[].ratio.verdict]' "$work/auto.json")" '["reference",null]'
is "auto" "$(jq -c '.plan.auto | [.rounds, .ended_by, .reached > 0.001]' "$work/auto.json")" '[9,"max_rounds",true]'
has_not "$out" "precise"
unset 'environment[-1]' 'environment[-1]'
result "-n auto waits for ratios without a verdict"

fresh
tok run -l mutex,token-poll "${bare[@]}" --duration 1s --threads-per-cpu 1,2 -n auto --dry-run
is_rc 0
has "$out" "2 cells x 2 locks, 6 to 100 rounds: at least 36 runs, between 36 s and 10 min 0 s"
tok run -l mutex,token-poll "${bare[@]}" --duration 1s -n auto --no-sentinel --max-time 30s --dry-run
has "$out" "between 12 s and 30 s"
tok run -l mutex,token-poll "${bare[@]}" --duration 1s -n auto --no-sentinel --max-time 5s --dry-run
has "$out" "between 12 s and 12 s"
has "$mod/state" "idle 0"
result "-n auto --dry-run: from when to when"

tok run -l mutex "${quick[@]}" -f json -o "$work/pretty.json" -q --pretty
is_rc 0
has "$out" "ops/s"
is "stderr" "$(cat "$err")" ""
result "--pretty: the table in any case"

# --- 100 columns

fresh
wide=(-l "token-handoff,mutex" "${quick[@]}" --threads-per-cpu "1,2" --overlap-min-pct "10,20"
	--groups "threads=1:hold_ns=2000:think_ns=5000:shared_pct=10/threads=2,threads=3/threads=4")
tok run "${wide[@]}" -n 6 --ledger -q
is_rc 0
has_not "$out" "cell 7: "
environment+=(COLUMNS=100)
tok run "${wide[@]}" -n 6 --ledger -q
[ "$(wc -L <"$out")" -le 100 ] || problem "a line of $(wc -L <"$out"): $(cat "$out")"
is "rows of the main table" "$(sed '/^vs /,$d' "$out" | grep -cE '^ +[0-7] +(token-handoff|mutex) ')" 16
has "$out" "cell 7: "
is "its legend" "$(sed '/^vs /,$d' "$out" | grep -c '^cell ')" 9
has "$out" "groups=threads=3/threads=4"
tok run "${wide[@]}" -n 2 --dry-run
is_rc 0
[ "$(wc -L <"$out")" -le 100 ] || problem "a line of $(wc -L <"$out"): $(cat "$out")"
has "$out" "overlap-min-pct: 10, 20"
has "$out" "8 cells x 2 locks x 2 repeats = 32 runs"
unset 'environment[-1]'
result "a wide sweep fits in 100 columns where a line has them, with numbers for its cells"

fresh
sweep=(run -l "mutex,token-ipi" "${quick[@]}" --threads-per-cpu "1,4" --ipi-max "1,2" -n 6)
tok "${sweep[@]}" -f json -o "$work/sentinel.json" -q
is_rc 0
is "runs" "$(jq -c '[(.runs | length), .plan.runs, (.sentinels | length), .plan.sentinel.runs]' "$work/sentinel.json")" \
	'[48,48,12,12]'
is "of cell" "$(jq -c .plan.sentinel.of_cell "$work/sentinel.json")" "[0,0,2,2]"
is "a sentinel" "$(jq -c '[.sentinels[] | [.sentinel, .lock, .cell]] | unique' "$work/sentinel.json")" \
	'[[true,"none",0],[true,"none",2]]'
is "rounds" "$(jq -c '[.sentinels[] | .repeat] | unique' "$work/sentinel.json")" "[1,2,3,4,5,6]"
is "rows" "$(jq -c '[.summary[].lock] | unique' "$work/sentinel.json")" '["mutex","token-ipi"]'
tok "${sweep[@]}" --dry-run
has "$out" "4 cells x 2 locks x 6 repeats + 12 of the sentinel = 60 runs"
result "from six rounds on each has a run of none, one for all knobs"

jq '.runs |= .[0:47] | .sentinels |= .[0:10]' "$work/sentinel.json" >"$work/part.json"
tok "${sweep[@]}" --resume "$work/part.json" -q
is_rc 0
is "runs" "$(jq -c '[(.runs | length), ([.sentinels[] | [.cell, .repeat]] | unique | length)]' "$work/part.json")" '[48,10]'
result "--resume takes sentinels over, and makes none for rounds that are over"

jq '.runs |= .[0:40] | .sentinels |= (.[0:10] | .[1].verdict = "INVALID")' "$work/sentinel.json" >"$work/part.json"
tok "${sweep[@]}" --no-sentinel --resume "$work/part.json" -q
is_rc 0
is "runs" "$(jq -c '[(.runs | length), (.sentinels | length), .plan.sentinel]' "$work/part.json")" \
	"$(jq -c '[48, 9, .plan.sentinel]' "$work/sentinel.json")"
result "--resume with --no-sentinel keeps the sentinels there are"

foreign() { # FILTER MESSAGE
	jq "$1" "$work/sentinel.json" >"$work/foreign.json"
	for word in --quiet --no-sentinel; do
		tok "${sweep[@]}" -q "$word" --resume "$work/foreign.json"
		is_rc 2
		has "$err" "foreign.json: damaged: sentinel 3 of the file $2"
	done
}
foreign '.sentinels[2].lock = "mutex"' "is none of this plan"
foreign '.sentinels[2].cell = 7' "is none of this plan"
foreign '.sentinels[2].params.lock = "mutex"' "has lock 'mutex', but its cell 'none'"
foreign '.sentinels[2].params.hold_ns = 3' "has hold_ns '3', but its cell '2000'"
result "--resume refuses a sentinel of another lock, cell or load"

tok run -l mutex "${quick[@]}" -n 6 --no-sentinel -f json
is "sentinels" "$(jq -c '[(.sentinels | length), .plan.sentinel]' "$out")" '[0,null]'
tok run -l mutex "${quick[@]}" -n 5 -f json
is "sentinels" "$(jq -c '[(.sentinels | length), .plan.sentinel]' "$out")" '[0,null]'
tok run -l mutex,none "${quick[@]}" -n 6 -f json
is "sentinels" "$(jq -c '[(.sentinels | length), .plan.sentinel.of_cell]' "$out")" '[0,[null]]'
result "no sentinel: --no-sentinel, few rounds, or none as a lock"

plan
