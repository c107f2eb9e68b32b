#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The matrix: reference and plan. Output: TAP.
#
#   tests/cli_sweep.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

plan_of() { # FILTER
	jq -c ".plan | $1" "$out"
}

# --- what the plan says

tok run -l mutex,token-poll "${quick[@]}" --threads-per-cpu 1,2 --ipi-max 3 -l token-ipi --seed 7 -f json
is_rc 0
is "reference" "$(plan_of .reference)" '"mutex"'
is "seed" "$(plan_of .seed)" 7
is "command" "$(plan_of .command)" "[\"-l\",\"mutex,token-poll\",\"--hold-ns\",\"2us\",\"--think-ns\",\"0\",\
\"--warmup-ms\",\"0\",\"--duration-ms\",\"10\",\"--threads-per-cpu\",\"1,2\",\"--ipi-max\",\"3\",\
\"-l\",\"token-ipi\",\"--seed\",\"7\",\"-f\",\"json\"]"
is "some constants" "$(plan_of '.constants | [.hold_ns, .pick, .seed, ."token.ipi_max", .threads_per_cpu, .lock]')" \
	'["2000","uniform","7","3",null,null]'
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

plan
