#!/bin/bash
#
# guest-text.sh - in a guest with a stock kernel: copies functions of the kernel
# out of its memory, as they run there, with all that it patched at boot
#
# usage: guest-text.sh NAME...
#
# $TOKBENCH_OUT/symbols gets a line "START END SYMBOL" for each function of one of
# the names, and text/START its bytes.

set -euo pipefail
export LC_ALL=C

out=$TOKBENCH_OUT
mkdir -p "$out/text"

# The kernel's own symbols come first, by address. A function ends where the next
# symbol begins. Padding in front of a function has a symbol of its own, and so
# have its parts that the compiler split off.
names=$* awk '
	BEGIN { n = split(ENVIRON["names"], name, " "); while (n) wanted[name[n--]] }
	symbol && $1 != start { print start, $1, symbol; symbol = "" }
	$3 == "_etext" { exit }
	$3 ~ /^__(pfx|cfi)_/ { next }
	{
		base = $3
		sub(/[.].*/, "", base)
		sub(/^native_/, "", base)
		if (base in wanted) {
			start = $1
			symbol = $3
		}
	}' /proc/kallsyms >"$out/symbols"
[ -s "$out/symbols" ] || { echo "guest-text: none of these: $*" >&2; exit 1; }

# Where in /proc/kcore the kernel's text is.
read -r offset address < <(readelf -lW /proc/kcore | awk '$1 == "LOAD" { print $2, $3; exit }')
while read -r start end _; do
	dd if=/proc/kcore of="$out/text/$start" bs=64k status=none iflag=skip_bytes,count_bytes \
		skip=$((offset + 0x$start - address)) count=$((0x$end - 0x$start))
done <"$out/symbols"
