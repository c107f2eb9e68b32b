#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Looks at a report in a real browser: is there a picture of it, in light and in
# dark, does the browser complain, and does it fit on a screen and on a phone? It
# takes a while, so it is not among the
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

browse() {
	timeout -k 5 90 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
		--disable-background-networking --disable-component-update --disable-sync \
		--user-data-dir="$work/profile" --hide-scrollbars --enable-logging=stderr "$@"
}

# look PAGE SCHEME: leaves $work/shot.png and what the page made the browser say
# in $work/console. SCHEME is Blink's number of it: 0 dark, 1 light.
look() {
	rm -rf "$work/profile" "$work/shot.png"
	rc=0
	browse --window-size="$width,$height" --blink-settings=preferredColorScheme="$2" \
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

# layout WIDTH: says how the page lies in a window that is so wide and 800 px
# high: where its first picture ends; and with all that is folded unfolded, and
# scrolled, how wide it is, how far what is in no box that scrolls reaches to the
# right, the most that a picture sticks out of its box, and where the contents
# are. A page runs no script, so one beside it looks into the frame that it is in.
layout() {
	cat >"$work/frame.html" <<-END
		<!DOCTYPE html><title>x</title><body style="margin:0"><pre id="said">nothing</pre>
		<iframe width="$1" height="800" style="border:0" src="page.html"></iframe><script>
		const frame = document.querySelector("iframe");
		frame.onload = () => {
			const doc = frame.contentDocument, all = s => [...doc.querySelectorAll(s)];
			const first = doc.querySelector("svg").getBoundingClientRect().bottom;
			all("details").forEach(d => d.open = true);
			const right = e => Math.ceil(e.getBoundingClientRect().right);
			const widest = Math.max(...all("body *").filter(e => !e.closest(".scroll *, nav *")).map(right));
			const out = Math.max(...all("svg").map(e => right(e) - right(e.parentNode)));
			doc.scrollingElement.scrollTop = 1000;
			document.getElementById("said").textContent = [first <= 800 ? "first" : "late",
				doc.scrollingElement.scrollWidth, widest, Math.max(out, 0),
				doc.querySelector("nav")?.getBoundingClientRect().top].join(" ");
		};
		</script>
	END
	rm -rf "$work/profile"
	browse --window-size=1400,900 --allow-file-access-from-files --virtual-time-budget=5000 --dump-dom \
		"file://$work/frame.html" 2>"$work/browser" |
		sed -n 's/.*<pre id="said">\([^<]*\)<.*/\1/p'
}

# --- the test itself: what it has to find

echo '<!DOCTYPE html><title>x</title><script>nonsense();</script>' >"$page"
look "$page" 1
has "$work/console" "nonsense is not defined"
read -r n_colours share _ < <(colours)
[ "$n_colours" -lt 50 ] && [ "$share" -gt 98 ] || problem "an empty page has $n_colours colours, $share % one"
echo '<!DOCTYPE html><body style="margin:0"><nav></nav><p style="margin:0;height:3000px;width:500px">x</p><div class="scroll" style="width:300px"><svg width="350"></svg></div>' >"$page"
is "layout" "$(layout 390)" "late 500 500 50 -1000"
result "browser: an empty page, an error of a script and what is too wide are seen"

# --- reports

check_page() { # DESCRIPTION
	local width scheme words=(dark light)

	tok report "$work/saved.json" -o "$page"
	is_rc 0
	for width in 390 1200; do
		is "layout at $width px" "$(layout "$width")" "first $width $width 0 0"
	done
	width=1200
	result "browser: $1, its layout on a phone and on a screen"
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
tok run -l mutex,token-poll,ww-die "${quick[@]}" -n 6 --threads-per-cpu 1,4 --order same,random -q -f json -o "$work/saved.json"
check_page "a sweep over two axes, with a verdict"

plan
