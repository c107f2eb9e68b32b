#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Report: the page as text. tests/cli/browser.sh looks at it. Output: TAP.
#
#   tests/cli/cli_report.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

page=$work/page.html
saved=$work/saved.json

# --- without gnuplot

tok report
is_rc 2
has "$err" "FILE is missing"
tok report a b
is_rc 2
has "$err" "'b': report takes one FILE"
tok report "$work/none.json" -o "$page"
is_rc 2
has "$err" "cannot be read as JSON"
for text in '' '{' '[]' '{"schema":1}' '{"schema":1,"runs":{},"summary":[]}' '{"schema":9,"runs":[],"summary":[]}'; do
	echo "$text" >"$saved"
	tok report "$saved" -o "$page"
	is_rc 2
done
[ ! -e "$page" ] || problem "a page of a damaged document"
result "report: what is no result is refused"

tok run -l mutex,token-poll,ww-die "${quick[@]}" -n 2 --threads-per-cpu 1,4 --title "One & two" -q -f json -o "$saved"
is_rc 0
rc=0
env "${environment[@]}" PATH="$work" "$tokctl" report "$saved" -o "$page" >"$out" 2>"$err" || rc=$?
is_rc 1
has "$err" "gnuplot is not installed"
has "$err" "gnuplot-nox"
env "${environment[@]}" PATH="$work" "$tokctl" report "$saved" >"$out" 2>"$err"
is "half a page" "$(cat "$out")" ""
printf '#!/bin/sh\necho "line 7: it is broken" >&2\nexit 1\n' >"$work/gnuplot"
chmod +x "$work/gnuplot"
rc=0
env "${environment[@]}" PATH="$work:$PATH" "$tokctl" report "$saved" -o "$page" >"$out" 2>"$err" || rc=$?
is_rc 1
has "$err" "gnuplot failed: line 7: it is broken"
is "pages and temporary files" "$(find "$work" -name 'page.html*')" ""
result "report: a missing or failing gnuplot is an error, and there is no page"

if ! command -v gnuplot >/dev/null; then
	skip "report: the page" "no gnuplot (gnuplot-nox)"
	plan
	exit
fi

# --- the page

# well_formed: the page is written so that it is XML, too.
well_formed() {
	command -v xmllint >/dev/null || return 0
	xmllint --noout "$page" 2>"$work/xml" || problem "not well-formed: $(head -n 5 "$work/xml")"
}

# self_contained: no address of anything, and nothing that could run. What is
# quoted, or stands between tags, is text.
self_contained() {
	local found

	found=$(sed "s/=\"[^\"]*\"/=/g; s/='[^']*'/=/g" "$page" | grep -oE '<[^>]*>' |
		grep -iE '<(script|iframe|object|embed|link|img|base|form)|[ /](on[a-z]+|src)=' | sort -u)
	found+=$(grep -oE "(href|url)[=(]['\"]?[^#'\"].{9}" "$page" | sort -u)
	found+=$(sed -n '/^<style>/,/^<\/style>/p' "$page" | grep -iE '@import|https?:')
	[ -z "$found" ] || problem "the page has: $found"
}

pictures() {
	grep -o '<svg id="picture-[0-9]*"' "$page" | sort -u | wc -l
}

tok report "$saved" -o "$page"
is_rc 0
is "stdout" "$(cat "$out")" ""
well_formed
self_contained
has "$page" "<h1>One &amp; two</h1>"
has "$page" "tokctl run -l mutex,token-poll,ww-die"
is "sections" "$(sed -n 's/^<section id="\([a-z]*\)">$/\1/p' "$page" | xargs)" \
	"verdict asked machine certificate throughput waits fairness waste cpu"
is "links" "$(sed -n '/^<nav/,/^<\/nav>/s/.*href="#\([a-z]*\)".*/\1/p' "$page" | xargs)" \
	"$(sed -n 's/^<section id="\([a-z]*\)">$/\1/p' "$page" | xargs)"
for label in "lines: throughput (operations per second) against threads_per_cpu" \
	"lines: wait for the lock against" "lines: operations (1 is an equal share) against" "bars: events per 1000 operations"; do
	has "$page" "aria-label=\"Chart of $label"
done
is "pictures" "$(pictures)" 6
is "pictures that are there twice" "$(grep -o 'aria-label="Chart [^"]*' "$page" | sort | uniq -d)" ""
is "identifiers that are not unique" "$(grep -oE " id=['\"][^'\"]*" "$page" | sort | uniq -d)" ""
has_not "$page" "Times mean nothing"
has_not "$page" "left out</strong>"
result "report: every section and picture, well-formed and self-contained"

cp "$page" "$work/first.html"
tok report "$saved" -o "$page"
cmp -s "$page" "$work/first.html" || problem "a second page differs"
tok report "$saved"
is_rc 0
cmp -s "$out" "$page" || problem "standard output differs"
tok report "$saved" -o - --title Other
has "$out" "<h1>Other</h1>"
rc=0
env "${environment[@]}" "$tokctl" report - -o "$page" <"$saved" >"$out" 2>"$err" || rc=$?
is_rc 0
cmp -s "$page" "$work/first.html" || problem "standard input makes another page"
tok report "$saved" -o "$work"
is_rc 2
tok report "$saved" --picture 2 -o "$page"
is_rc 0
well_formed
is "pictures" "$(pictures)" 0
has "$page" "<svg xmlns="
has "$page" "id=\"picture-2\""
tok report "$saved" --picture 99 -o "$page"
is_rc 1
has "$err" "there is no picture 99"
tok report "$saved" --picture 1x
is_rc 2
result "report: the same document makes the same page"

FAKE_TIMES=meaningless FAKE_INVALID=mutex tok run -l mutex,broken "${quick[@]}" -q -f json -o "$saved"
is_rc 1
tok report "$saved" -o "$page"
is_rc 0
well_formed
has "$page" "Times mean nothing here: the CPU was emulated."
has "$page" "2 of 2 runs are not ok"
has "$page" "overlap 0.812 is below 0.95"
has "$page" "17 exclusion violations, &quot;none&quot; allowed; 3 lost updates"
has "$page" "<th scope=\"col\">~ops/s</th>"
# No axis: bars.
has "$page" "Chart of bars: throughput"
grep -q '<text>[0-9.]*[kM] FAILED<' "$page" || problem "the bar of a row that is not ok does not say so"
result "report: runs that are not ok, and times that mean nothing"

tok run -l mutex "${quick[@]}" --locks 1,2,3,4,5,6,7,8,9,10,11,12 --order same,random -q -f json -o "$saved"
tok report "$saved" -o "$page"
is_rc 0
well_formed
has "$page" "more such charts are left out</strong>"
has "$page" "against locks; order = random."
tok run -l all "${quick[@]}" --bystanders 1 --groups hold_ns=10us/hold_ns=1us --rate 1000 -q -f json -o "$saved"
tok report "$saved" -o "$page"
is_rc 0
well_formed
has "$page" "Groups and parts"
has "$page" ">refused</th>"
result "report: many cells, panels, groups and an open loop"

# section ID: what is in it.
section() {
	sed -n "/^<section id=\"$1\">/,/^<\/section>/p" "$page"
}

# scales LABEL: of each chart whose label begins so, a line with the numbers
# that stand at the axis to the left, and where they stand.
scales() {
	awk -v label="aria-label=\"Chart of $1" '
		/<svg id=/ { on = index($0, label); line = "" }
		at && match($0, />[^<]*</) { line = line at substr($0, RSTART, RLENGTH) }
		{ at = "" }
		on && /text-anchor="end"/ && match($0, /translate[^)]*/) { at = " " substr($0, RSTART, RLENGTH) }
		on && /<\/svg>/ { print line; on = 0 }' "$page"
}

# sentences: those that the table in $out ends with, a line each.
sentences() {
	awk '/^(token-poll|ww-die): / { on = 1; if (n++) print ""; printf "%s", $0; next }
		on { sub(/^ */, " "); printf "%s", $0 } END { print "" }' "$out"
}

tok run -l mutex,token-poll,ww-die "${quick[@]}" -n 6 -q -f json -o "$saved"
is_rc 0
tok show -i "$saved"
sentences >"$work/sentences"
is "sentences" "$(wc -l <"$work/sentences")" 2
COLUMNS=50 tok report "$saved" -o "$page"
is "what the page opens with" "$(section verdict | sed -n 's/^\(<ul.*\)*<li>\(.*\)<\/li>$/\2/p')" "$(cat "$work/sentences")"
has "$page" "<p class=\"sub\">vs mutex: ratio of operations per second in the same cell, with its 95 % interval (round by round: Wilcoxon)</p>"
is "pictures in the verdict" "$(section verdict | grep -c '<svg id=')" 1
is "pictures of throughput after it" "$(section throughput | grep -c '<svg id=')" 0
tok run -l mutex,token-poll "${quick[@]}" -n 2 --threads-per-cpu 1,4 --order same,random -q -f json -o "$saved"
tok report "$saved" -o "$page"
well_formed
has "$page" "<p class=\"verdict\">No lock is judged.</p>"
has "$page" "<p class=\"sub\">too few runs: it takes 6 good ones of each lock"
section verdict | grep -q 'Chart of bars: times the ops/s of the reference. token-poll: [0-9.]* to [0-9.]*\.' ||
	problem "no ratios: $(section verdict | grep aria-label)"
is "pictures in the verdict" "$(section verdict | grep -c '<svg id=')" 1
is "pictures of throughput" "$(section throughput | grep -c '<svg id=')" 2
is "scales of throughput" "$(scales 'lines: throughput' | wc -l) $(scales 'lines: throughput' | sort -u | grep -c '>0<.*M<')" "2 1"
is "scales of waits" "$(scales 'lines: wait' | wc -l) $(scales 'lines: wait' | sort -u | grep -c '> *1 us<')" "4 1"
tok run -l mutex "${quick[@]}" -q -f json -o "$saved"
tok report "$saved" -o "$page"
has "$page" "No lock is judged: none is compared to another."
tok run -l mutex,ww-die "${quick[@]}" -q -f json -o "$saved"
tok report "$saved" -o "$page"
has "$page" "No lock is judged: each has one run."
result "report: opens with the sentences of the table, and one chart that no other repeats"

is "certificates" "$(grep -c '<table' <<<"$(section certificate)") $(section certificate | grep -c '^<tr><th scope="row">overlap</th>')" "1 1"
section certificate | grep -q '<details><summary>' || problem "it is not folded: $(section certificate | head -n 4)"
section certificate | grep -q '>overlap<.*>99\.9%<' || problem "no unit: $(section certificate | grep overlap)"
result "report: the certificate is there once, folded, and its numbers have units"

# --- documents that are made up

cat >"$saved" <<'END'
{"schema":1,"title":"</title><script>alert(1)</script>","environment":{"cpu":"<img src=x onerror=alert(2)>","x\"y":"&"},
"plan":{"axes":{"<b>":["1","2"],"locks":["1","2"]},"locks":["a'; system \"touch HERE\" #"],"command":["`touch HERE`","it's"],"constants":{"hold_ns":"x"}},
"left_out":[{"lock":"</li>","reason":"<i>","params":{"a":"</ul>"}}],
"checks":[{"name":"</td>","value":"<u>","verdict":"\"><script>","why":"<s>","todo":"<p>"}],
"scaling":[{"lock":"a'; system \"touch HERE\" #","usl":{"lambda":{"value":-1},"sigma":{"value":1e300},"kappa":{"value":0}}},{"lock":"<b>","params":{"<u>":"<i>"},"usl":{"none":"<s>"}}],
"runs":[{"lock":"a'; system \"touch HERE\" #","cell":0,"run":7,"verdict":"<bad>","reasons":["<script>","5"],"params":{"locks":1,"<b>":"<i>"},
"threads":[{"ops":1e308},{"ops":1e308}],"latency":{"acquire_ns":{"buckets":[[1,9,18446744073709551612],[9,10,3]],"max":5}},
"totals":{"threads":2,"cpu_ns":1,"useful_ns":1e300}}],
"summary":[{"lock":"a'; system \"touch HERE\" #","verdict":"<v>","params":{"locks":1,"<b>":"`touch HERE`"},"runs":2,"throughput":{"median":1e300,"min":1,"max":1e308,"ci95":[1,1e308]},
"of_ideal":{"median":1e9},"failed_per_op":{"median":1e306},"ratio":{"value":1e300,"verdict":"<faster>","ci95":[1]}},
{"lock":"a\u0000b\u202e","params":{"locks":2,"<b>":"`touch HERE`"},"throughput":{"median":0}}]}
END
cd "$work" || exit 1
tok report "$saved" -o "$page"
is_rc 0
well_formed
self_contained
has "$page" "&lt;script&gt;alert(1)"
for text in "<img" "<b>" "<i>" "<x>" "<bad>" "<u>" "<s>" "<v>" "</li>:"; do
	has_not "$page" "$text"
done
is "made by a foreign text" "$(find . -name 'HERE*')" ""
result "report: hostile texts are shown, not followed"

for text in '{"schema":1,"runs":[],"summary":[]}' '{"schema":1,"runs":[{}],"summary":[{}],"plan":null,"environment":null}' \
	'{"schema":1,"runs":[{"threads":[{}],"latency":{},"totals":{},"certificate":null}],"summary":[{"params":{},"throughput":{},"latency":null}],"scaling":[],"checks":[]}'; do
	echo "$text" >"$saved"
	tok report "$saved" -o "$page"
	is_rc 0
	well_formed
done
has "$page" "verdict"
result "report: a document that lacks nearly everything makes a page"

cp "$page" "$work/before.html"
refuses() { # KEY TEXT
	echo "$2" >"$saved"
	tok report "$saved" -o "$page"
	is_rc 2
	has "$err" "damaged: $1 is "
	cmp -s "$page" "$work/before.html" || problem "$1: the page is another one"
}
refuses runs.1.threads.1 '{"schema":1,"runs":[{"threads":[3]}],"summary":[]}'
refuses summary.1.throughput '{"schema":1,"runs":[{}],"summary":[{"throughput":5}]}'
refuses scaling '{"schema":1,"runs":[],"summary":[],"scaling":{}}'
refuses plan.axes.locks.1 '{"schema":1,"runs":[],"summary":[],"plan":{"axes":{"locks":[[1],2]}}}'
refuses summary.1.ratio.value '{"schema":1,"runs":[],"summary":[{"ratio":{"value":-3}}]}'
result "report: a value of another type is refused by its key, and the page stays"

plan
