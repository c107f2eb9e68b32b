# shellcheck shell=bash
#
# curve.sh - what a lock takes on a simulated machine, as a curve over numbers of
# threads, and how far two curves are apart
#
#	SCRIPTS		the folder scripts

# A window of virtual time, in ms; the shortest that the module takes.
CURVE_WINDOW=10

# curves MACHINE CPUS REPEATS: in one boot, each line of stdin: locks as of tokctl -l,
# hold, think, number of threads, one a CPU. Prints lock, hold, think, threads, and the
# median of ns per operation of all threads together, separated by TABs.
# A section of 0 ns without a pause is refused by the module; of 1 ns it is not.
# shellcheck disable=SC2016 # expanded in the guest
CURVE_RUN='while read -r locks hold think n; do
	[ "$hold$think" != 00 ] || hold=1
	tokctl run -q -n "$1" -l "$locks" --cpus "0-$((n - 1))" --hold "$hold" --think "$think" \
		--measure throughput --warmup 1ms --duration "$2" -f json -o "$TOKBENCH_OUT/result.json" >&2 || exit
	mv "$TOKBENCH_OUT/result.json" "$TOKBENCH_OUT/$((i = ${i:-0} + 1)).json"
done <"$TOKBENCH_OUT/plan"'
curves() {
	local out i=0 hold think n rc=0
	out=$(mktemp -d "${TMPDIR:-/tmp}/tokbench-curve.XXXXXX") || return
	cat >"$out/plan"
	"$SCRIPTS/lab" --quiet --timeout 1800 --machine "$1" --cpus "$2" --out "$out" sim -- \
		sh -c "$CURVE_RUN" sh "$3" "$CURVE_WINDOW" >&2 || rc=$?
	while [ "$rc" = 0 ] && read -r _ hold think n; do
		i=$((i + 1))
		jq -r --arg row "$hold"$'\t'"$think"$'\t'"$n" '[.runs[] | {lock, ns: (.totals.window_ns / .totals.ops)}] |
			group_by(.lock)[] | "\(.[0].lock)\t\($row)\t\(map(.ns) | sort | .[length / 2 | floor])"' \
			"$out/$i.json" || rc=$?
	done <"$out/plan"
	rm -rf "$out"
	return "$rc"
}

# rms FILE: of a file of two columns, is and should be: the root of the mean square of
# what the first is off, in percent.
rms() {
	awk '{ off = $1 / $2 - 1; sum += off * off } END { printf "%.1f\n", 100 * sqrt(sum / NR) }' "$1"
}
