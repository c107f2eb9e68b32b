#!/bin/bash
#
# verify - tokctl proves on this machine that its checkers work: a lock that does
# not exclude and faults made on purpose are found out, good runs are good, and
# a mutex against itself makes no difference.

# shellcheck source=../lib.sh
. "$TOKBENCH_TEST/lib.sh"

# A mutex against itself is told apart once in twenty times at most, and other
# load on the machine can spoil a good run: once more.
proven() {
	tokctl verify -q -f json >"$SCRATCH/verify.json" 2>"$SCRATCH/err"
}

# all_proven: what must be, whatever the machine does, in each of its proofs.
all_proven() {
	tries proven || return
	json_has "$SCRATCH/verify.json" 'any(.proofs[]; .proven == "ok")' ||
		fault "nothing is proven: $(cat "$SCRATCH/err")"
	json_has "$SCRATCH/verify.json" 'all(.proofs[]; .proven != "NOT")' || fault "not proven, and exit status 0"
	equal "proofs" "$(jq '.proofs | length' "$SCRATCH/verify.json")" 8
}

itself() {
	local got proven
	IFS=$'\t' read -r got proven < <(jq -r '.proofs[] | select(.what | test("against itself")) | [.got, .proven] | @tsv' \
		"$SCRATCH/verify.json")
	if [ "${R[certificate.times]}" = ok ]; then
		[[ $got =~ ^"no difference within "[0-9.]+%$ ]] || fault "a mutex against itself: $got"
	else
		equal "a mutex against itself, where times mean nothing" "$proven" "not judged"
	fi
}

next_is_good() {
	run_wait lock=mutex hold_ns=1000 warmup_ms=0 duration_ms=20
	equal fault "${R[params.fault]}" none
	equal verdict "${R[verdict]}" ok
}

plan 3
check "every proof is made" all_proven
check "the module is left without a fault: the next run is good" next_is_good
check "a mutex against itself: no difference, or not judged where times mean nothing" itself
