#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Show; other users of the module; interrupts and stop. Output: TAP.
#
#   tests/cli/cli_show.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

# --- show

fresh
tok show totals.ops
is_rc 1
has "$err" "no run has ended"
tok show -f json
is_rc 1
tok run -l mutex "${quick[@]}" -q
tok show
is_rc 0
for text in "module 9.8.7, state done" "run 1 of mutex: ok" numbers certificate ledger parameters; do
	has "$out" "$text"
done
is "verdict" "$(grep -n 'mutex: ok' "$out" | cut -d: -f1)" 3
result "show prints state, verdict and sections"

field() { # FIELD WANTED
	tok show "$1"
	is_rc 0
	is "$1" "$(cat "$out")" "$2"
}
field totals.ops 1000
field latency.acquire_ns.p99 1015
field verdict ok
field state "done"
field lock mutex
field run 1
field reasons ""
field certificate.overlap 0.9987
field certificate.kernel 6.1
field latency.acquire_ns.buckets $'1000\t1032\t99\n5000\t5120\t1'
field threads $'thread\tcpu\trole\tops\n0\t0\tworker\t500\n1\t1\tworker\t500'
field latency "$(printf 'latency.acquire_ns.%s\n' $'count\t100' $'mean\t1500.5' $'p50\t1015' \
	$'p90\t1015' $'p99\t1015' $'p999\t5059' $'max\t5061')"
tok show params
is_rc 0
has "$out" $'params.hold_ns\t2000'
tok show flags
is_rc 0
result "show FIELD prints bare values"

for name in nosuch totals.no_such total totals. .ops ""; do
	tok show "$name"
	is_rc 2
	has "$err" "'$name' is not a field; sections: state, run, lock, verdict, reasons, flags, params"
done
tok show totals.scan_ns
is_rc 1
has "$err" "the last run, of mutex, has no 'totals.scan_ns'"
result "unknown field: exit 2 and the sections; absent counter: exit 1"

tok show -f json
is_rc 0
is "run" "$(jq .runs[0].run "$out")" 1
is "rows" "$(jq '.summary | length' "$out")" 1
tok show -f csv-long
has "$out" ",mutex,ok,totals.ops,1000"
result "show -f json and csv"

environment+=(FAKE_RACE=1)
tok show -f json
is_rc 0
is "run, and ops of its first thread" "$(jq -c '.runs[0] | [.run, .threads[0].ops]' "$out")" '[2,1000]'
unset 'environment[-1]'
result "the files of a result that changes meanwhile are read again"

# --- another process

for echo in hold_ns=3000 cpus=0-5 order=random seed=; do
	environment+=("FAKE_ECHO=$echo")
	tok run -l mutex "${quick[@]}" --cpus 0-1 --seed 5 --order same
	is_rc 1
	has "$err" "was made with ${echo%=*} '${echo#*=}', asked for was"
	has "$err" "another process configures the module"
	is "standard output" "$(cat "$out")" ""
	unset 'environment[-1]'
done
result "a run with other parameters than asked for is refused"

fresh
environment+=(FAKE_RUN=7)
tok run -l mutex "${quick[@]}"
is_rc 1
has "$err" "run 1 has ended, but the result is of run 71"
is "standard output" "$(cat "$out")" ""
unset 'environment[-1]'
result "the result of another run is refused"

environment+=(FAKE_FAIL=1)
tok run -l mutex "${quick[@]}"
is_rc 1
has "$err" "left no result (state failed)"
unset 'environment[-1]'
fresh
environment+=("FAKE_SUMMARY=verdict ok")
tok run -l mutex "${quick[@]}"
is_rc 1
has "$err" "results/summary: it has no key 'run'"
unset 'environment[-1]'
fresh
environment+=("FAKE_STATE=nonsense")
tok run -l mutex "${quick[@]}"
is_rc 1
has "$err" "cannot make sense of 'nonsense'"
unset 'environment[-1]'
fresh
result "a run without result, a damaged result, a damaged state"

# --- stopping

tok stop
is_rc 1
has "$err" "no run is on"
result "stop without a run: exit 1"

for signal in INT TERM HUP; do
	# The first lock's run is short, so that there is something to print.
	begin run -n 1 -l mutex --hold 2us --think 0 --warmup 0 --duration 10ms,3600s
	until_true second_run_is_on
	kill -"$signal" "$pid"
	end
	is_rc 1
	has "$out" "interrupted: 2 of 2 runs were made, the last was cut short"
	is "rows" "$(grep -cE '^ +(10|3600) (ms|s) +mutex' "$out")" 2
	has "$mod/state" "done 2"
	tok show certificate.stopped
	is "stopped" "$(cat "$out")" 1
done
result "SIGINT, SIGTERM, SIGHUP stop the run and print what was measured: exit 1"

begin run -l mutex,token-poll "${slow[@]}" -n 3 -f json -o "$work/partial.json"
kill -INT "$pid"
end
is_rc 1
is "runs" "$(jq -c '[.interrupted, (.runs | length), .plan.runs]' "$work/partial.json")" '[true,1,6]'
result "an interrupted sweep is saved and says so"

begin run -l mutex "${slow[@]}"
kill -STOP "$pid"
kill -INT "$pid"
kill -TERM "$pid"
kill -CONT "$pid"
end
is_rc 1
is "standard output" "$(cat "$out")" ""
tok stop
result "a second signal ends tokctl at once"

begin run -l mutex "${slow[@]}"
tok run -l mutex "${quick[@]}"
is_rc 1
has "$err" "another tokctl is measuring (run 1 of mutex is on)"
has "$err" "tokctl stop"
tok show
is_rc 0
has "$out" "state run: run 1 of mutex"
has "$out" "of 3600.0 s"
field state run
tok list
is_rc 0
tok stop
is_rc 0
has "$out" "run 1 of mutex was stopped after"
end
is_rc 1
has "$err" "run 1 of mutex was stopped by another process"
has "$out" "mutex"
tok run -l mutex "${quick[@]}"
is_rc 0
result "a second tokctl is refused; show, list and stop are not"

begin run -l mutex "${slow[@]}"
kill -KILL "$pid"
end
is_rc 137
tok run -l mutex "${quick[@]}"
is_rc 1
grep -qE 'run 1 of mutex is on and lasts another (1 h|59 min)' "$err" || problem "$(cat "$err")"
has "$err" "tokctl stop"
tok stop
is_rc 0
tok run -l mutex "${quick[@]}"
is_rc 0
result "SIGKILL gives up the lock; the run it left can be stopped"

plan
