#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The certificate of a document, on machines made of files. Output: TAP.
#
#   tests/cli/cli_checks.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

host=$work/host
cpus=$host/sys/devices/system/cpu

# sys FILE TEXT: of the machine of this test.
sys() {
	mkdir -p "$(dirname "$host/$1")"
	echo "$2" >"$host/$1"
}

# machine: four CPUs on two cores, nothing wrong with it.
machine() {
	local cpu
	rm -rf "$host"
	sys sys/devices/system/cpu/online 0-3
	sys sys/devices/system/cpu/isolated ""
	sys sys/devices/system/cpu/nohz_full "(null)"
	sys sys/devices/system/cpu/smt/active 1
	sys sys/devices/system/cpu/intel_pstate/no_turbo 1
	sys sys/devices/system/node/online 0
	sys proc/sys/kernel/numa_balancing 1
	sys proc/cmdline "quiet sched_proxy_exec=0 ro"
	sys proc/loadavg "0.20 0.1 0.1 1/100 4711"
	sys proc/cpuinfo "model name	: A CPU"
	for cpu in 0 1 2 3; do
		sys sys/devices/system/cpu/cpu$cpu/cpufreq/scaling_governor performance
		sys sys/devices/system/cpu/cpu$cpu/cpufreq/scaling_min_freq 800000
		sys sys/devices/system/cpu/cpu$cpu/cpufreq/scaling_max_freq 3500000
		sys sys/devices/system/cpu/cpu$cpu/topology/thread_siblings_list $((cpu % 2)),$((cpu % 2 + 2))
	done
}

machine
tok run -l mutex "${quick[@]}" --cpus 0-1 -f json
is_rc 0
is "environment" "$(jq -c '.environment | del(.date, .kernel, .machine, .tokctl, .module)' "$out")" \
	'{"cpu":"A CPU","online_cpus":"0-3","numa_nodes":"0","governor":"performance","cpu_mhz_min":800,"cpu_mhz_max":3500,"smt":true,"smt_siblings":["0,2","1,3"],"turbo":false,"numa_balancing":true,"load_average":0.2,"sched_proxy_exec":"0"}'
is "verdicts" "$(jq -c '[.checks[].verdict] | unique' "$out")" '["ok"]'
tok run -l mutex "${quick[@]}" --cpus 0-1
has_not "$out" "certificate:"
result "a machine with nothing wrong: every line is ok, and none is printed"

for cpu in 1 3; do
	echo powersave >"$cpus/cpu$cpu/cpufreq/scaling_governor"
done
echo 0 >"$cpus/intel_pstate/no_turbo"
echo 1 >"$cpus/isolated"
sys sys/devices/system/node/online 0-1
sys proc/loadavg "3.50 1 1 1/100 4711"
tok run -l mutex "${quick[@]}" --cpus 0-2 -f json
is_rc 0
is "governors" "$(jq -c '.environment | .governor, .governors' "$out" | tr '\n' ' ')" \
	'"mixed" {"performance":"0,2","powersave":"1,3"} '
is "warnings" "$(jq -c '[.checks[] | select(.verdict == "warning") | .name]' "$out")" \
	'["governor","turbo","smt","numa_balancing","isolated_cpus","load_average"]'
is "lines without a reason" "$(jq '[.checks[] | select(.verdict != "ok" and (.why == null or .todo == null))] | length' \
	"$out")" 0
tok run -l mutex "${quick[@]}" --cpus 0-2
is_rc 0
is "printed" "$(grep -c '^certificate: warning: ' "$out")" 6
has "$out" "smt on, siblings used together: the CPUs 0,2 share a core"
[ "$(wc -L <"$out")" -le 100 ] || problem "the table is $(wc -L <"$out") columns wide"
tok run -l mutex "${quick[@]}" --cpus 0 -f json
is "warnings" "$(jq -c '[.checks[] | select(.verdict == "warning") | .name]' "$out")" \
	'["turbo","numa_balancing","load_average"]'
result "what is wrong with a machine is a warning, and does not change the exit status"

machine
fresh
environment+=(FAKE_DIGEST=token-poll)
tok run -l mutex,token-poll,broken "${quick[@]}" -f json -o "$work/bad.json" -q
is_rc 1
is "failed" "$(jq -c '[.checks[] | select(.verdict == "FAILED") | .name]' "$work/bad.json")" \
	'["verdict","violations","stream_digest"]'
unset 'environment[-1]'
tok show -i "$work/bad.json" --checks
has "$out" "certificate: FAILED: stream_digest different:"
has "$out" "  governor         ok       performance"
has "$out" "  verdict          FAILED   2 of 3 runs ok"
jq 'del(.checks)' "$work/bad.json" >"$work/old.json"
tok show -i "$work/old.json" --checks
is_rc 0
has "$out" "certificate: FAILED: stream_digest different:"
result "--checks prints every line, of a saved result as well"

tok run -l mutex "${quick[@]}" --checks
is_rc 0
has "$out" "  overlap          ok       99.9%"
tok show
has "$out" "  overlap          ok       99.9%"
tok show --checks verdict
is_rc 2
tok run -l mutex "${quick[@]}" --checks -f json
jq -e . "$out" >/dev/null || problem "not JSON"
result "--checks of a new and of the last result; JSON stays JSON"

environment+=(FAKE_INVALID=none)
tok run -l mutex "${quick[@]}" -n 6 -f json -o "$work/sentinel.json" -q
is_rc 0
unset 'environment[-1]'
is "line" "$(jq -c '.checks[] | select(.name == "sentinel") | [.verdict, .value]' "$work/sentinel.json")" \
	'["warning","0 of 6 runs of the sentinel ok"]'
tok show -i "$work/sentinel.json"
is_rc 0
has "$out" "certificate: warning: sentinel 0 of 6 runs of the sentinel ok:"
tok run -l mutex "${quick[@]}" -n 6 -f json
is "line" "$(jq -c '.checks[] | select(.name == "sentinel") | [.verdict, .value]' "$out")" \
	'["ok","6 of 6 runs of the sentinel ok"]'
tok run -l mutex "${quick[@]}" -n 5 -f json
is "lines" "$(jq '[.checks[] | select(.name == "sentinel")] | length' "$out")" 0
result "bad runs of the sentinel are a warning, and do not change the exit status"

# --- the CPUs of a sweep

machine
fresh
tok run -l mutex,none "${quick[@]}" -n 2 -f json
is_rc 0
is "CPUs of the plan and of its runs" "$(jq -c '[.plan.constants.cpus, (.runs | map(.params.cpus) | unique)]' "$out")" \
	'["1-3",["1-3"]]'
is "config" "$(cat "$mod/config/cpus")" 1-3
tok run -l mutex "${quick[@]}" --dry-run
has "$out" "constant: cpus=1-3"
sys sys/devices/system/cpu/online 0-1
tok run -l mutex "${quick[@]}" --dry-run
has "$out" "cpus=0-1"
tok run -l mutex "${quick[@]}" --sched normal,fifo --dry-run
has "$out" "cpus=1 "
sys sys/devices/system/cpu/online 0,2-3,7
tok run -l mutex "${quick[@]}" --dry-run
has "$out" "cpus=2-3,7 "
tok run -l mutex "${quick[@]}" --cpus 0 --dry-run
has "$out" "cpus=0 "
result "without --cpus the CPUs are chosen once, for all runs"

machine
tok run -l mutex,none "${quick[@]}" -q -f json -o "$work/two.json"
jq '.runs[1].params.cpus = "0-1" | .runs[1].certificate.stream_digest = "89"' "$work/two.json" >"$work/cpus.json"
tok show -i "$work/cpus.json"
is_rc 0
has "$out" "certificate: INVALID: parameters different: runs of one row had different cpus: 1-3 (run "
has_not "$out" "stream_digest"
jq '.runs[1].verdict = "INVALID" | .runs[1].certificate.stream_digest = "89"' "$work/two.json" >"$work/invalid.json"
tok show -i "$work/invalid.json"
has "$out" "INVALID"
has_not "$out" "stream_digest"
jq '.runs[1].certificate.stream_digest = "89"' "$work/two.json" >"$work/odd.json"
tok show -i "$work/odd.json"
has "$out" "certificate: FAILED: stream_digest different"
result "a run of other CPUs, or an INVALID one, accuses nobody"

# --- what a file says of itself

tok run -l mutex,none "${quick[@]}" -n 8 -q -f json -o "$work/good.json"
is "ids" "$(jq '[.runs[].id | select(test("^[0-9a-f]{16}$"))] | unique | length' "$work/good.json")" 16
copies() { # FILTER MESSAGE
	jq "$1" "$work/good.json" >"$work/copies.json"
	for command in "show -i $work/copies.json" "report $work/copies.json" "compare $work/good.json $work/copies.json" \
		"run -l mutex,none ${quick[*]} -n 8 --resume $work/copies.json"; do
		# shellcheck disable=SC2086 # several words
		tok $command
		is_rc 2
		has "$err" "copies.json: damaged: $2"
	done
}
# shellcheck disable=SC2016 # variables of jq
copies '.runs[0] as $r | .runs |= map($r)' "run 2 of the file is there twice: it is a copy of run 1"
# shellcheck disable=SC2016 # likewise
copies '.runs[0] as $r | .runs |= [range(8) as $i | $r | .repeat = $i + 1]' "run 2 of the file is there twice"
# shellcheck disable=SC2016 # likewise
copies 'del(.runs[].id) | .runs[4] as $r | .runs |= [.[0], .[1], ($r, $r | .repeat += 1)]' \
	"run 4 of the file is there twice: it is a copy of run 3"
jq 'del(.runs[].id)' "$work/good.json" >"$work/old.json"
tok show -i "$work/old.json"
is_rc 0
# shellcheck disable=SC2016 # likewise
copies '.runs[2] as $r | .runs[2].id = "" | .runs[3] = ($r | .id = "" | .repeat = 8)' \
	"run 4 of the file is there twice: it is a copy of run 3"
jq '.runs[].id = ""' "$work/good.json" >"$work/old.json"
tok show -i "$work/old.json"
is_rc 0
long=$(printf '%064d' 0)
jq ".runs[0].id = \"${long}1\" | .runs[1].id = \"${long}2\"" "$work/good.json" >"$work/old.json"
tok show -i "$work/old.json"
is_rc 0
# shellcheck disable=SC2016 # likewise
copies '.runs[2] as $r | .runs |= [.[0:8][], ($r | .id = "another")]' \
	"run 9 of the file is there twice: it has the lock, cell and repeat of run 3"
# shellcheck disable=SC2016 # likewise
jq '.plan = {} | .runs[2] as $r | .runs |= [.[0:8][], ($r | .id = "another")]' "$work/good.json" >"$work/old.json"
tok show -i "$work/old.json"
is_rc 0
result "one run as several repeats is refused, with an id and without"

tok run -l mutex "${quick[@]}" -n 8 -q -f json -o "$work/good.json"
is "ids" "$(jq '[(.runs[], .sentinels[]).id | select(test("^[0-9a-f]{16}$"))] | unique | length' "$work/good.json")" 16
copies_of_sentinels() {
	# shellcheck disable=SC2016 # variables of jq
	jq "$1"' | .sentinels[0] as $s | .sentinels |= [range(8) as $i | $s | .repeat = $i + 1]' "$work/good.json" \
		>"$work/copies.json"
	tok compare "$work/good.json" "$work/copies.json"
	is_rc 2
	has "$err" "copies.json: damaged: sentinel 2 of the file is there twice: it is a copy of sentinel 1"
}
copies_of_sentinels .
copies_of_sentinels 'del(.sentinels[].id)'
jq '.sentinels[1].repeat = 1' "$work/good.json" >"$work/copies.json"
tok compare "$work/good.json" "$work/copies.json"
is_rc 2
has "$err" "sentinel 2 of the file is there twice: it has the lock, cell and repeat of sentinel 1"
for edit in '.certificate.cpu_lost = 1' '.verdict = "fine"' '.reasons = ["late"]'; do
	jq ".sentinels[0:7][] |= ($edit)" "$work/good.json" >"$work/edited.json"
	tok compare "$work/good.json" "$work/edited.json" -f json
	is_rc 0
	is "divided by the sentinel after $edit" "$(jq '[.rows[] | .sentinel // empty] | length' "$out")" 0
done
tok compare "$work/good.json" "$work/good.json" -f json
is "divided by the sentinel" "$(jq '[.rows[] | .sentinel // empty] | length' "$out")" 1
result "runs of the sentinel are believed no further than others"

tok run -l mutex,none "${quick[@]}" -n 8 -q -f json -o "$work/good.json"
edited() { # FILTER VERDICT LINE
	jq ".runs[0] |= ($1)" "$work/good.json" >"$work/edited.json"
	tok show -i "$work/edited.json" -f json
	is_rc 0
	is "verdict after $1" "$(jq -r '.runs[0].verdict' "$out")" "$2"
	is "lines after $1" "$(jq -c '[.checks[] | select(.verdict == "FAILED" or .verdict == "INVALID") | .name] | sort' "$out")" "$3"
	is "good runs after $1" "$(jq '[.summary[].ok] | add' "$out")" 15
	tok show -i "$work/edited.json"
	has "$out" "$2 1/8"
	tok compare "$work/good.json" "$work/edited.json"
	has "$out" "$2 in B: "
}
edited '.certificate.violations = 3' FAILED '["verdict","violations"]'
edited '.totals.violations = 3' FAILED '["verdict","violations"]'
edited 'del(.certificate.violations) | .totals.violations = 3' FAILED '["verdict","violations"]'
edited '.certificate.left_cpu = 1' INVALID '["left_cpu","verdict"]'
edited '.certificate.overlap = 0.5' INVALID '["overlap","verdict"]'
edited '.certificate.cpu_lost = 1' INVALID '["cpu_lost","verdict"]'
edited '.certificate.stopped = 1' INVALID '["stopped","verdict"]'
edited '.certificate.fault = "late"' INVALID '["verdict"]'
edited '.reasons = ["threads were late"]' INVALID '["verdict"]'
edited '.verdict = "fine"' FAILED '["verdict"]'
edited '.totals.window_ns = 0' INVALID '["verdict"]'
# A name that is cut, at any of its bytes.
for start in "" a; do
	# shellcheck disable=SC2016 # variables of jq
	jq --arg start "$start" '($start + "\u00e9" * 100) as $name | .runs[0] |= (.verdict = $name | .lock = $name
		| .certificate.violations = 1) | .runs[1] |= (.params.pick = $name | .lock = $name + "b")
		| .environment.smt_siblings = ["0,1" + $name, "0-3," + $name]' "$work/good.json" >"$work/edited.json"
	tok show -i "$work/edited.json" -f json
	is_rc 0
	iconv -f UTF-8 -t UTF-8 <"$out" >/dev/null 2>"$work/iconv" || problem "not UTF-8: $(cat "$work/iconv")"
	for words in "had different pick: " "in the section at once (run "; do
		has "$out" "$words"
	done
	has "$out" "the file says $start"
done
jq 'del(.runs[3])' "$work/good.json" >"$work/edited.json"
tok show -i "$work/edited.json"
has "$out" "interrupted: 15 of 16 runs were made"
result "edited numbers: the verdict, the certificate and the summary are made anew"

plan
