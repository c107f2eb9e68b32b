#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Proofs that the checkers work, and of checkers that do not. Output: TAP.
#
#   tests/cli/cli_verify.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

proofs=(verify --duration 10ms -q)

# A module can be one that makes no faults.
tok list params
faults=$(grep -c '^fault ' "$out")

# proven: "ok", "NOT" or "not judged" of each proof, in a line.
proven() {
	jq -r '[.proofs[].proven] | join(",")' "$out"
}

fresh
tok "${proofs[@]}" -f json
if [ "$faults" -gt 0 ]; then
	is_rc 0
	is "proofs" "$(proven)" ok,ok,ok,ok,ok,ok,ok,ok
	is "proven" "$(jq .proven "$out")" true
else
	is_rc 1
	is "proofs" "$(proven)" ok,NOT,NOT,NOT,ok,ok,ok,ok
	is "not offered" "$(grep -c 'does not offer it' "$out")" 3
fi
is "expected" "$(jq -r '.proofs[2].expected' "$out")" "INVALID by late_threads"
case $(jq -r '.proofs[-1].got' "$out") in
"no difference within "* | *"not in another set"*) ;;
*) problem "A/A: $(jq -r '.proofs[-1].got' "$out")" ;;
esac
is "last run" "$(cut -d' ' -f3 "$mod/state")" mutex
result "every fault is found out, good runs are good, a lock does not differ from itself"

tok "${proofs[@]}"
grep -qE '^broken: .* FAILED by violations +FAILED: 17 .* ok$' "$out" || problem "$(cat "$out")"
is "stderr" "$(cat "$err")" ""
result "a table with a line per proof"

environment+=(FAKE_BLIND=1)
tok "${proofs[@]}" -f json
is_rc 1
is "proofs" "$(proven)" NOT,NOT,NOT,NOT,ok,ok,ok,ok
is "proven" "$(jq .proven "$out")" false
unset 'environment[-1]'
result "a checker that sees nothing is not proven: exit 1"

environment+=(FAKE_DIGEST=token-poll)
tok "${proofs[@]}" -f json
is_rc 1
is "streams" "$(jq -r '.proofs[6] | .got + " " + .proven' "$out")" "different NOT"
unset 'environment[-1]'
environment+=(FAKE_INVALID=mutex)
tok "${proofs[@]}" -f json
is_rc 1
is "mutex" "$(jq -r '.proofs[4] | .got + " " + .proven' "$out")" "INVALID: overlap 0.812 is below 0.95 NOT"
is "A/A" "$(jq -r '.proofs[7] | .got + " " + .proven' "$out")" "0 and 0 good runs: too few; set 3 of at most 3 NOT"
is "streams" "$(jq -r '.proofs[6] | .got + " " + .proven' "$out")" "not two good runs not judged"
unset 'environment[-1]'
result "different operations, and good runs that are none, are no proof"

environment+=(FAKE_FAIL=1)
tok "${proofs[@]}" -f json
is_rc 1
is "lines" "$(jq -r '[.proofs[] | select(.got == "the run left no result") | .what] | length' "$out")" "$((faults ? 7 : 4))"
is "last line" "$(jq -r '.proofs[-1] | .what + " " + .proven' "$out")" "mutex against itself NOT"
is "proven" "$(jq .proven "$out")" false
has "$err" "left no result"
unset 'environment[-1]'
result "a run without a result is a line of its own, and the others are still made"

environment+=(FAKE_TIMES=meaningless)
tok "${proofs[@]}" -f json
is "A/A" "$(jq -r '.proofs[7].proven' "$out")" "not judged"
unset 'environment[-1]'
mkdir -p "$work/host/sys/devices/system/cpu"
echo 0 >"$work/host/sys/devices/system/cpu/online"
tok "${proofs[@]}" -f json
is "on one CPU" "$(proven | cut -d, -f1,4)" "not judged,not judged"
rm -r "$work/host"
result "under emulation no times are judged, and on one CPU nobody moves"

tok verify --duration 5ms
is_rc 2
has "$err" "--duration: "
tok verify -f csv
is_rc 2
tok verify mutex
is_rc 2
mv "$root" "$work/elsewhere"
tok verify
is_rc 3
mv "$work/elsewhere" "$root"
tok verify --duration 10ms
has "$err" "[1/26] broken: "
result "usage, no module, progress"

begin verify --duration 3600s -q
kill -INT "$pid"
end
is_rc 1
has "$err" "interrupted: not all proofs were made"
result "Ctrl-C ends the proofs: exit 1"

plan
