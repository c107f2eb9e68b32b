#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Looks at a report in a real browser: is there a picture of it, in light and in
# dark, and does the browser complain? It takes a while, so it is not among the
# tests that tests/run.sh runs. Output: TAP.
#
#   tests/cli/browser.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

for program in gnuplot:gnuplot-nox chromium:chromium pngtopam:netpbm ppmhist:netpbm; do
	command -v "${program%:*}" >/dev/null && continue
	skip "report: in a browser" "no ${program%:*} (package ${program#*:})"
	plan
	exit
done

width=1200 height=2400
page=$work/page.html

# look PAGE SCHEME: leaves $work/shot.png and what the page made the browser say
# in $work/console. SCHEME is Blink's number of it: 0 dark, 1 light.
look() {
	rm -rf "$work/profile" "$work/shot.png"
	rc=0
	timeout -k 5 90 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
		--disable-background-networking --disable-component-update --disable-sync \
		--user-data-dir="$work/profile" --hide-scrollbars --window-size="$width,$height" \
		--blink-settings=preferredColorScheme="$2" --enable-logging=stderr \
		--screenshot="$work/shot.png" "file://$1" >"$work/browser" 2>&1 || rc=$?
	grep 'CONSOLE' "$work/browser" >"$work/console"
	[ "$rc" = 0 ] && [ -s "$work/shot.png" ] ||
		problem "no picture, exit status $rc: $(tail -n 5 "$work/browser")"
}

# colours: "N SHARE LIGHT": how many different ones, the share of the most
# frequent one in percent, and its brightness, 0 to 255.
colours() {
	pngtopam "$work/shot.png" | ppmhist -noheader 2>/dev/null | awk '
		NF == 5 { n++; all += $5; if ($5 > most) { most = $5; light = $4 } }
		END { printf "%d %d %d\n", n, all ? 100 * most / all : 0, light }'
}

# shows_something SCHEME: a page with text and pictures on paper of that kind.
shows_something() {
	local n share light

	read -r n share light < <(colours)
	[ "${n:-0}" -ge 50 ] || problem "only $n colours"
	[ "${share:-100}" -ge 50 ] && [ "${share:-100}" -le 98 ] || problem "$share % of it has one colour"
	if [ "$1" = 0 ]; then
		[ "${light:-255}" -lt 64 ] || problem "dark paper has a brightness of $light"
	else
		[ "${light:-0}" -gt 192 ] || problem "light paper has a brightness of $light"
	fi
}

# --- the test itself: what it has to find

echo '<!DOCTYPE html><title>x</title><script>nonsense();</script>' >"$page"
look "$page" 1
has "$work/console" "nonsense is not defined"
read -r n_colours share _ < <(colours)
[ "$n_colours" -lt 50 ] && [ "$share" -gt 98 ] || problem "an empty page has $n_colours colours, $share % one"
result "browser: an empty page and an error of a script are seen"

# --- reports

check_page() { # DESCRIPTION
	local scheme words=(dark light)

	tok report "$work/saved.json" -o "$page"
	is_rc 0
	for scheme in 1 0; do
		look "$page" "$scheme"
		is "what the page made the browser say" "$(cat "$work/console")" ""
		shows_something "$scheme"
		result "browser: $1, ${words[scheme]}"
	done
}

tok run -l all "${quick[@]}" -n 2 --threads-per-cpu 1,4 -q -f json -o "$work/saved.json"
check_page "a sweep"
FAKE_TIMES=meaningless tok run -l mutex,broken "${quick[@]}" -q -f json -o "$work/saved.json"
check_page "one run of each of two locks"

plan
