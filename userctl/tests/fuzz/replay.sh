#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Runs everything in corpus/ once: what fuzzing begins with, and what it has
# found. Output: TAP, a line a target.
set -u

here=$(dirname "$0")
export ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=halt_on_error=1:exitcode=99
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT

n=0 failed=0
for folder in "$here"/corpus/*/; do
	n=$((n + 1))
	target=$(basename "$folder")
	inputs=("$folder"*)
	if FUZZ_TARGET=$target "$here/build/replay/run" "${inputs[@]}" >"$log" 2>&1; then
		echo "ok $n - fuzz corpus: $target, ${#inputs[@]} inputs"
	else
		failed=1
		echo "not ok $n - fuzz corpus: $target"
		tail -n 30 "$log" | sed 's/^/# /'
	fi
done
echo "1..$n"
exit "$failed"
