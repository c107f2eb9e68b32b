#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The certificate of a document, on machines made of files. Output: TAP.
#
#   tests/cli_checks.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

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
tok run -l mutex "${quick[@]}" -f json
is_rc 0
is "environment" "$(jq -c '.environment | del(.date, .kernel, .machine, .tokctl, .module)' "$out")" \
	'{"cpu":"A CPU","online_cpus":"0-3","numa_nodes":"0","governor":"performance","cpu_mhz_min":800,"cpu_mhz_max":3500,"smt":true,"smt_siblings":["0,2","1,3"],"turbo":false,"numa_balancing":true,"load_average":0.2}'
is "verdicts" "$(jq -c '[.checks[].verdict] | unique' "$out")" '["ok"]'
tok run -l mutex "${quick[@]}"
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
has "$out" "none are in this file"
result "--checks prints every line, of a saved result as well"

tok run -l mutex "${quick[@]}" --checks
is_rc 0
has "$out" "  overlap          ok       0.9987"
tok show
has "$out" "  overlap          ok       0.9987"
tok show --checks verdict
is_rc 2
tok run -l mutex "${quick[@]}" --checks -f json
jq -e . "$out" >/dev/null || problem "not JSON"
result "--checks of a new and of the last result; JSON stays JSON"

plan
