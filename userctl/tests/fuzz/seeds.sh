#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Writes what fuzzing begins with: results and tables of the module that the
# tests of tokctl have, the file parameters of the real one, and values as typed.
# To be called when their format has changed; the files are kept in git.
#
#   tests/fuzz/seeds.sh TOKCTL FAKEMOD
#
here=$(realpath "$(dirname "$0")")
# shellcheck source-path=SCRIPTDIR source=../lib.sh
. "$here/../lib.sh"

corpus=$here/corpus

# saved NAME OPTION...: a document that says nothing of this machine.
saved() {
	local name=$1
	shift
	tok run "${quick[@]}" "$@" -q -f json -o "$work/saved.json"
	jq -c '.environment |= (.kernel = "6.1.0" | .date = "2026-01-01T00:00:00Z")' "$work/saved.json" \
		>"$corpus/doc/seed-$name"
}

mkdir -p "$corpus"/{args,compare,doc,module_config,module_text,result,resume,tables}
saved matrix -l mutex,token-poll --threads-per-cpu 1,4 -n 2
saved repeats -l mutex -n 6
saved scaling -l mutex --threads-per-cpu 1,2,4,8,16,32
saved groups -l mutex --groups hold_ns=10us/hold_ns=1us:threads=3 --threads-per-cpu 4
saved phases -l mutex --phases 1/4/1 --threads-per-cpu 4 --duration 40ms
saved auto -l mutex,token-poll --threads-per-cpu 1,4 -n auto --max-rounds 6
# The module of the tests has two threads, whatever it was asked for.
jq -c '.runs[] |= (.params.threads_per_cpu as $n | .totals.threads = 2 * $n | .totals.ops = ($n * 50000 / (4 + $n) | floor))' \
	"$corpus/doc/seed-scaling" >"$work/scaling.json"
cp "$work/scaling.json" "$corpus/doc/seed-scaling"
cp "$corpus/doc/seed-matrix" "$corpus/resume/"
jq -c '.runs |= .[:6] | .summary = []' "$corpus/doc/seed-auto" >"$corpus/resume/seed-auto"
rm "$corpus/doc/seed-auto"
jq -c '{a: ., b: .}' "$corpus/doc/seed-groups" >"$corpus/compare/seed-same"
jq -c '.runs |= .[:4] | {a: ., b: (.runs[].totals.ops *= 2)}' "$corpus/doc/seed-matrix" >"$corpus/compare/seed-faster"

fresh
tok run -l mutex "${quick[@]}" --groups hold_ns=10us/hold_ns=1us -q
{
	cat "$mod/results/summary"
	echo ---
	cat "$mod/results/threads"
	echo ---
	cat "$mod/results/histogram"
} >"$corpus/result/seed-groups"
{
	cat "$mod/variants"
	echo ---
	cat "$mod/parameters"
	echo ---
	echo all
} >"$corpus/tables/seed-all"

# seeds TARGET TEXT...: a file each.
seeds() {
	local target=$1 i=0
	shift
	for text; do
		i=$((i + 1))
		printf '%b' "$text" >"$corpus/$target/seed-$i"
	done
}

seeds args 500ns 1us 10us,1ms 2s 64k 1M 18446744073709551615 0 3% 12.5% 1,4,16 0-3,8-15:2/4 mutex,token-poll same faithful \
	hold_ns=10us/hold_ns=1us:threads=3:nice=-5:shared_pct=50:think_ns=0 1/4/16/4/1 \
	verdict totals.ops totals.fail_index.p50 certificate.preempt params.hold_ns params.token.spin params.lock \
	latency.wait.p99 latency.hold.buckets groups.2.ops groups.17.ops phases.1.threads phases.0 threads
seeds module_text '500\n' ' 18446744073709551615 ' 'same\n' random 1/4/16/4/1 think_ns=0/threads=1024 \
	hold_ns=10000/hold_ns=1000:threads=3:nice=-5:shared_pct=50
# A letter for each setting, from 'A', in the order of TB_PARAMS and LWKT_KNOBS.
seeds module_config '\x01A>\n' '\x01C>\nD>\nE>\nI>\nJ>' '\x01Amutex\nC4\nI2000\nJ0' \
	'\x02Arwsem\nI1000\nN50\nO1000\nP10\nB0-3' '\x01Aspinlock\nD4\nE4\nI>' '\x00Atoken-handoff\nI>\nQ>\nR' \
	'\x03Anone\nM>\nD>\nE>\nC>\nI1' '\x01Amutex\nC16\nI10\nU1/4/16\nX1000' \
	'\x01Amutex\nC2\nI10\nRhold_ns=10/hold_ns=5:threads=3' '\x01Amutex\nC2\nI10\nS>\nT>' \
	'\x05Atoken-ipi\nI5\nGzipf\nH>\nD900\nE4\nFrandom' '\x01Amutex\nI7\nJ9\nKexp\nLbimodal\nZ1'
